import AssayTestSupport
import Foundation
import Glibc
import Publishing
import Station
import Testing

/// The real daemon and a real broker, killed at random moments: what a subscriber may rely on.
@Suite(.serialized) struct OutboxKillTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker
    private let relay: LoopbackRelay

    init() throws {
        folder = try TemporaryFolder("assay-outbox")
        broker = try MosquittoBroker()
        relay = try LoopbackRelay(to: broker.port)
    }

    private static func setting(_ name: String, _ standard: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
    }

    /// A line without a set answers every frame at once, with a verdict that nothing was judged.
    private func start(state: String? = nil, mqtt: String = "") throws -> ChildProcess {
        let pictures = (0..<4).map { DrawnScene.picture(variant: $0) }
        let pattern = try DrawnScene.write(pictures, to: "frame", in: folder)
        let yaml = StationYAML(
            broker: "{host: 127.0.0.1, port: \(relay.port), interval_s: 1\(mqtt)}", extra: "health: {interval_s: 1}",
            lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 200, loop: true, wait: true}"])
        try folder.write(yaml.text, to: "assay.yaml")
        return try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", state ?? folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"))
    }

    private var log: String {
        let text = FileManager.default.contents(atPath: folder.file("log")).map { String(decoding: $0, as: UTF8.self) }
        return String((text ?? "").suffix(4000))
    }

    private func report() -> StatusReport? {
        do {
            let answer = try ControlConnection(to: folder.file("run/control.sock")).ask(
                ControlRequest(.status), within: .seconds(10))
            return try JSONDecoder().decode(StatusReport.self, from: Data(answer))
        } catch {
            return nil
        }
    }

    private func sequenced(_ listener: Listener) throws -> DistrustfulSubscriber {
        var subscriber = DistrustfulSubscriber()
        for message in listener.messages where message.topic.hasSuffix("/verdict") || message.topic.hasSuffix("/event")
        {
            try subscriber.hear(message.topic, message.payload)
        }
        return subscriber
    }

    /// ASSAY_KILLS says how often (25), ASSAY_KILL_SEED when.
    @Test func killedAtRandomMomentsItLosesNoNumberAndGivesNoneTwoContents() throws {
        let count = Self.setting("ASSAY_KILLS", 25)
        let seed = Self.setting("ASSAY_KILL_SEED", 20_261_122)
        var random = SeededGenerator(seed: seed)
        let listener = try Listener(port: broker.port)
        for round in 0..<count {
            // In every third round the broker is out of reach, at first or from some moment on.
            if round % 3 == 1 { relay.cut(forGood: true) }
            let daemon = try start()
            let moment = Double.random(in: 0.02...1.5, using: &random)
            let cutAt = round % 3 == 2 ? Double.random(in: 0...moment, using: &random) : moment
            Thread.sleep(forTimeInterval: cutAt)
            if round % 3 == 2 { relay.cut() }
            Thread.sleep(forTimeInterval: moment - cutAt)
            #expect(daemon.isRunning, "round \(round) of seed \(seed): \(log)")
            daemon.end(with: SIGKILL)
            if round % 3 == 1 { relay.mend() }
        }
        let daemon = try start()
        #expect(Hook.waits(atMost: .seconds(30)) { report()?.broker.connected == true }, "\(log)")
        #expect(daemon.end(with: SIGTERM) == 0, "\(log)")
        func isGone() throws -> Bool { try listener.objects("status").last?["reason"] as? String == "stopped" }
        #expect(try Hook.waits(atMost: .seconds(20)) { try isGone() })
        let heard = try sequenced(listener)
        let verdicts = heard.contents["assay/v1/box/tray/verdict"]?.count ?? 0
        print(
            "kills: \(count), seed: \(seed), verdicts: \(verdicts), late: \(heard.historicalCount), "
                + "repeated: \(heard.repeatCount), announced gaps: \(heard.announcementCount)")
        #expect(heard.problems == [], "seed \(seed)")
        // Nothing was dropped, so nothing may even be announced as dropped.
        #expect(heard.announcementCount == 0, "seed \(seed)")
        #expect(verdicts >= Int(count))
        #expect(heard.historicalCount > 0)
    }

    @Test func aFullDiskIsToldAndEndsByItself() throws {
        guard let disk = try SmallDisk(at: folder.file("small"), megabytes: 8) else { return }
        let listener = try Listener(port: broker.port)
        func reason() throws -> String? { try listener.objects("status").last?["reason"] as? String }
        func codes() throws -> [String] { try listener.objects("event").compactMap { $0["code"] as? String } }
        func count() throws -> Int { try listener.objects("tray/verdict").count }
        let daemon = try start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try count() > 0 }, "\(log)")
        try disk.fill()
        #expect(try Hook.waits(atMost: .seconds(30)) { try codes().contains("outbox_failed") }, "\(log)")
        let before = try count()
        #expect(try Hook.waits(atMost: .seconds(20)) { try count() > before + 50 }, "\(log)")
        #expect(report()?.broker.outbox != nil)
        #expect(report()?.state == "degraded")
        func health() throws -> String? {
            (try listener.objects("health").last?["publisher"] as? [String: Any])?["outbox_fault"] as? String
        }
        #expect(try Hook.waits(atMost: .seconds(10)) { try health() == "outbox_disk_full" })
        disk.free()
        #expect(try Hook.waits(atMost: .seconds(60)) { try codes().contains("outbox_works") }, "\(log)")
        #expect(report()?.broker.outbox == nil)
        #expect(daemon.end(with: SIGTERM) == 0, "\(log)")
        #expect(try sequenced(listener).problems == [])
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func killedWhileTheDiskIsFullItUsesNoNumberAgain() throws {
        guard let disk = try SmallDisk(at: folder.file("small"), megabytes: 8) else { return }
        let listener = try Listener(port: broker.port)
        func codes() throws -> [String] { try listener.objects("event").compactMap { $0["code"] as? String } }
        func count() throws -> Int { try listener.objects("tray/verdict").count }
        var daemon = try start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try count() > 0 }, "\(log)")
        try disk.fill()
        #expect(try Hook.waits(atMost: .seconds(30)) { try codes().contains("outbox_failed") }, "\(log)")
        let before = try count()
        #expect(try Hook.waits(atMost: .seconds(20)) { try count() > before + 50 }, "\(log)")
        daemon.end(with: SIGKILL)
        let first = try count()
        daemon = try start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try count() > first + 50 }, "\(log)")
        disk.free()
        daemon.end(with: SIGKILL)
        let second = try count()
        daemon = try start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try count() > second + 50 }, "\(log)")
        #expect(daemon.end(with: SIGTERM) == 0, "\(log)")
        // What memory alone held may be announced as given up although it was heard: never less than is missing.
        var ids: [Int: String] = [:]
        var highest = 0
        for verdict in try listener.objects("tray/verdict") {
            let sequence = try #require(verdict["seq"] as? Int)
            let id = try #require(verdict["id"] as? String)
            #expect(ids[sequence] == nil || ids[sequence] == id, "two contents of \(sequence)")
            let announced = verdict["dropped_before"] as? Int ?? 0
            #expect(ids[sequence] != nil || sequence <= highest + 1 + announced, "\(sequence) after \(highest)")
            ids[sequence] = id
            highest = max(highest, sequence)
        }
    }

    @Test func aSecondDaemonOnTheSameStateIsRefused() throws {
        let daemon = try start()
        #expect(Hook.waits(atMost: .seconds(20)) { report() != nil }, "\(log)")
        let second = try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run-2"),
            ], output: folder.file("log-2"))
        #expect(second.wait() >> 8 & 0xFF == 3)
        let words = FileManager.default.contents(atPath: folder.file("log-2")).map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(words?.contains("another assayd keeps its state there") == true)
        daemon.end(with: SIGKILL)
        let third = try start()
        #expect(Hook.waits(atMost: .seconds(20)) { report()?.broker.connected == true }, "\(log)")
        #expect(third.end(with: SIGTERM) == 0)
    }

    @Test func aLongAbsenceReachesTheBoundsAndIsAnnounced() throws {
        let listener = try Listener(port: broker.port)
        relay.cut(forGood: true)
        let daemon = try start(mqtt: ", queue_rows: 300")
        #expect(Hook.waits(atMost: .seconds(60)) { report()?.broker.dropped ?? 0 > 200 }, "\(log)")
        relay.mend()
        #expect(Hook.waits(atMost: .seconds(60)) { report()?.broker.acknowledged ?? 0 > 400 }, "\(log)")
        func codes() throws -> [String] { try listener.objects("event").compactMap { $0["code"] as? String } }
        #expect(try Hook.waits(atMost: .seconds(30)) { try codes().contains("messages_dropped_over") }, "\(log)")
        #expect(daemon.end(with: SIGTERM) == 0)
        let heard = try sequenced(listener)
        #expect(heard.problems == [])
        #expect(heard.announcementCount > 0 && heard.historicalCount >= 200)
    }
}
