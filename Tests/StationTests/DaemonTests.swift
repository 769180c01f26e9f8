import AssayTestSupport
import Foundation
import Glibc
import Imaging
import Publishing
import Station
import Testing

/// The real daemon with the real model and a real broker, from the outside.
@Suite(.serialized) struct DaemonTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker

    init() throws {
        folder = try TemporaryFolder("assay-daemon")
        broker = try MosquittoBroker()
        try DrawnScene.enrol(version: "1", into: folder.file("set-1"))
        try DrawnScene.enrol(version: "2", firstVariant: 3, into: folder.file("set-2"))
    }

    private func start(
        _ yaml: StationYAML, _ extra: [String] = [], environment: [String: String] = [:]
    ) throws -> ChildProcess {
        try folder.write(yaml.text, to: "assay.yaml")
        return try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ] + extra, output: folder.file("log"), environment: environment)
    }

    private var log: String {
        (FileManager.default.contents(atPath: folder.file("log")).map { String(decoding: $0, as: UTF8.self) }) ?? ""
    }

    private func yaml(set: String, loop: Bool = true, frames: Int = 4, extra: String = "") throws -> StationYAML {
        let pictures = (0..<frames).map { DrawnScene.picture(variant: $0, without: $0 % 2 == 1 ? 2 : nil) }
        let pattern = try DrawnScene.write(pictures, to: "frame", in: folder)
        return StationYAML(
            broker: "{host: 127.0.0.1, port: \(broker.port), interval_s: 1}", extra: "health: {interval_s: 1}",
            lines: [
                "tray":
                    "camera: {replay: \"\(pattern)\", rate: 100, loop: \(loop), wait: true}, support_set: \(folder.file(set)), overlay: fail\(extra)"
            ])
    }

    private static func exitCode(_ status: Int32) -> Int32 { status & 0x7F == 0 ? status >> 8 & 0xFF : -1 }

    @Test func aSetIsSwappedBetweenTwoFramesABadOneChangesNothingAndAllTrafficIsValid() throws {
        let listener = try Listener(port: broker.port)
        let daemon = try start(try yaml(set: "set-1"))
        func verdicts() throws -> [[String: Any]] { try listener.objects("tray/verdict") }
        #expect(try Hook.waits(atMost: .seconds(30)) { try verdicts().count >= 10 }, "\(log)")

        try folder.write(try yaml(set: "set-2").text, to: "assay.yaml")
        daemon.signal(SIGHUP)
        func version(_ verdict: [String: Any]?) -> String? {
            (verdict?["support_set"] as? [String: Any])?["version"] as? String
        }
        #expect(try Hook.waits(atMost: .seconds(30)) { try version(verdicts().last) == "2" }, "\(log)")

        // A half-copied set: the banks are there, the manifest is not.
        try FileManager.default.copyItem(atPath: folder.file("set-1"), toPath: folder.file("half"))
        try FileManager.default.removeItem(atPath: folder.file("half/logical.bank"))
        try folder.write(try yaml(set: "half").text, to: "assay.yaml")
        daemon.signal(SIGHUP)
        func isRefused() throws -> Bool {
            try listener.objects("event").contains { $0["code"] as? String == "set_refused" }
        }
        #expect(try Hook.waits(atMost: .seconds(30)) { try isRefused() }, "\(log)")
        let count = try verdicts().count
        #expect(try Hook.waits(atMost: .seconds(30)) { try verdicts().count > count + 5 }, "\(log)")

        let stopAt = ContinuousClock.now
        let status = daemon.end(with: SIGTERM)
        #expect(ContinuousClock.now - stopAt < .seconds(5))
        #expect(Self.exitCode(status) == 0, "\(log)")
        #expect(
            try Hook.waits(atMost: .seconds(5)) {
                try listener.objects("status").last?["state"] as? String == "offline"
            })

        let all = try verdicts()
        #expect(all.compactMap { $0["seq"] as? Int } == Array(1...all.count))
        let frames = all.compactMap { ($0["frame"] as? [String: Any])?["sequence"] as? Int }
        #expect(frames == Array(0..<all.count), "a frame was lost or judged twice")
        let versions = all.compactMap(version)
        #expect(versions.count == all.count)
        #expect(zip(versions, versions.dropFirst()).count { $0 != $1 } == 1)
        #expect(all.allSatisfy { ["pass", "fail"].contains($0["decision"] as? String) })
        let refusal = try listener.objects("tray/support-set").last?["last_refusal"] as? [String: Any]
        #expect((refusal?["reason"] as? String)?.contains("half/logical.bank") == true)
        #expect(listener.messages.contains { $0.topic.hasSuffix("/overlay") && $0.payload.starts(with: [0xFF, 0xD8]) })
        #expect(try !listener.objects("health").isEmpty)
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func withExitWhenDoneItEndsAfterTheLastVerdictArrived() throws {
        let listener = try Listener(port: broker.port)
        let daemon = try start(try yaml(set: "set-1", loop: false, frames: 12), ["--exit-when-done"])
        let hasEnded = Hook.waits(atMost: .seconds(30)) { !daemon.isRunning }
        #expect(hasEnded, "\(log)")
        #expect(Self.exitCode(daemon.wait()) == 0)
        #expect(try Hook.waits(atMost: .seconds(5)) { try listener.objects("tray/verdict").count == 12 })
    }

    @Test func aKilledDaemonUsesNoNumberTwiceWhenItComesBack() throws {
        let listener = try Listener(port: broker.port)
        let yaml = try yaml(set: "set-1")
        func verdicts() throws -> [DistrustfulSubscriber.Head] {
            try listener.messages.filter { $0.topic.hasSuffix("/tray/verdict") }.map {
                try DistrustfulSubscriber.head(of: $0.payload)
            }
        }
        let first = try start(yaml)
        #expect(try Hook.waits(atMost: .seconds(30)) { try verdicts().count >= 5 }, "\(log)")
        first.end(with: SIGKILL)
        let count = try verdicts().count
        let second = try start(yaml)
        #expect(try Hook.waits(atMost: .seconds(30)) { try verdicts().count >= count + 25 }, "\(log)")
        second.end(with: SIGTERM)
        // What the broker had not acknowledged comes again, and is the same.
        let all = try verdicts()
        #expect(Set(all.map(\.seq)).count == Set(all.map(\.id)).count)
        #expect(Set(all.map(\.seq)) == Set(1...UInt64(Set(all.map(\.seq)).count)))
        #expect(all.allSatisfy { $0.droppedBefore == nil })
    }

    @Test func badSettingsEndItWithThreeAndNameTheLine() throws {
        let daemon = try start(StationYAML(extra: "colour: blue"))
        #expect(Self.exitCode(daemon.wait()) == 3)
        #expect(log.contains("assay.yaml:4: colour"))
    }

    @Test func withoutABrokerItRunsAndConnectsWhenOneComes() throws {
        broker.kill()
        let daemon = try start(try yaml(set: "set-1"))
        let ask = {
            try ControlConnection(to: folder.file("run/control.sock")).ask(
                ControlRequest(.status), within: .seconds(10))
        }
        func report() -> StatusReport? {
            do {
                return try JSONDecoder().decode(StatusReport.self, from: Data(try ask()))
            } catch {
                return nil
            }
        }
        #expect(Hook.waits(atMost: .seconds(30)) { report()?.lines.first?.counts.judged ?? 0 > 3 }, "\(log)")
        #expect(report()?.broker.connected == false)
        try broker.start()
        #expect(Hook.waits(atMost: .seconds(30)) { report()?.broker.connected == true }, "\(log)")
        #expect(Self.exitCode(daemon.end(with: SIGTERM)) == 0)
    }

    @Test func itIsReadyWithinThreeSecondsAndFeedsTheWatchdog() throws {
        let manager = try NotifySocket(at: folder.file("notify"))
        let startedAt = ContinuousClock.now
        let daemon = try start(
            try yaml(set: "set-1"),
            environment: ["NOTIFY_SOCKET": folder.file("notify"), "WATCHDOG_USEC": "1500000"])
        #expect(manager.hears("READY=1", within: .seconds(20)), "\(log)")
        let time = ContinuousClock.now - startedAt
        // Loading takes a second or two alone; other tests share the processor.
        #expect(time < .seconds(10))
        #expect(manager.hears("WATCHDOG=1", within: .seconds(5)))
        daemon.signal(SIGHUP)
        #expect(manager.hears("RELOADING=1", within: .seconds(10)))
        #expect(manager.hears("READY=1", within: .seconds(10)))
        daemon.signal(SIGTERM)
        #expect(manager.hears("STOPPING=1", within: .seconds(5)))
        #expect(Self.exitCode(daemon.wait()) == 0)
    }
}
