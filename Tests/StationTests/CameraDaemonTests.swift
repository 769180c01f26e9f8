import AssayTestSupport
import Foundation
import Glibc
import Imaging
import Testing

/// The real daemon with two cameras of the test library, of which one goes wrong.
@Suite(.serialized) struct CameraDaemonTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker

    init() throws {
        folder = try TemporaryFolder("assay-cameras")
        broker = try MosquittoBroker()
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        // Pictures that differ, as those of a real camera do.
        try folder.write((0..<3).flatMap { DrawnScene.picture(variant: $0).pixels }, to: "frames.rgb")
    }

    private func line(_ serial: String) -> String {
        "camera: {serial: \(serial), format: rgb24, width: 256, height: 256, rate: 10}, "
            + "support_set: \(folder.file("set")), deadline_ms: 5000"
    }

    private func yaml(_ lines: [String: String]) -> StationYAML {
        StationYAML(
            workers: 2, broker: "{host: 127.0.0.1, port: \(broker.port), interval_s: 1}",
            extra: "health: {interval_s: 1}", lines: lines)
    }

    /// - Parameters:
    ///   - faults: of the camera with the serial number A; the other one has none.
    private func start(faults: String, _ more: [String: String] = [:]) throws -> ChildProcess {
        try folder.write(yaml(["one": line("A"), "two": line("B")]).text, to: "assay.yaml")
        var environment = more
        var libraries: [String] = []
        for (prefix, settings) in [
            ("PRELOAD_CAMERA_", ["DEVICE": "/dev/video0", "SERIAL": "A", "FAULTS": faults]),
            ("PRELOAD_SECOND_", ["DEVICE": "/dev/video4", "SERIAL": "B"]),
        ] {
            libraries.append(try PreloadLibrary.path(prefix: prefix))
            environment[prefix + "MODES"] = "RGB3:256:256:10"
            environment[prefix + "FRAMES"] = folder.file("frames.rgb")
            for (name, value) in settings { environment[prefix + name] = value }
        }
        environment["LD_PRELOAD"] = libraries.joined(separator: ":")
        return try ChildProcess(
            PreloadLibrary.products + "/assayd",
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"), environment: environment)
    }

    private var log: String {
        FileManager.default.contents(atPath: folder.file("log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private func waits(_ condition: () throws -> Bool) rethrows -> Bool {
        try Hook.waits(atMost: .seconds(30), until: condition)
    }

    /// When the frames of a line's verdicts were captured, in seconds.
    private func captures(of line: String, _ listener: Listener) throws -> [Double] {
        let format = ISO8601DateFormatter()
        format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        return try listener.objects("\(line)/verdict").compactMap { verdict in
            let text = (verdict["frame"] as? [String: Any])?["captured_at"] as? String
            return text.flatMap(format.date)?.timeIntervalSinceReferenceDate
        }
    }

    private func longestGap(_ times: [Double]) -> Double { zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? 0 }

    private func events(_ code: String, _ listener: Listener) throws -> [[String: Any]] {
        try listener.objects("event").filter { $0["code"] as? String == code }
    }

    @Test func aCameraThatMovesIsFollowedAndTheOtherLineNeverNotices() throws {
        let listener = try Listener(port: broker.port)
        let daemon = try start(faults: "renumber@30:1500")
        #expect(try waits { try !events("camera_back", listener).isEmpty }, "\(log)")
        let count = try captures(of: "one", listener).count
        #expect(try waits { try captures(of: "one", listener).count > count + 10 }, "\(log)")
        let exit = daemon.end(with: SIGTERM)
        #expect(exit & 0x7F == 0 && exit >> 8 & 0xFF == 0, "\(log)")

        // Away for one and a half seconds, judged again within two more.
        let gap = longestGap(try captures(of: "one", listener))
        #expect(gap >= 1.4 && gap < 3.5)
        #expect(longestGap(try captures(of: "two", listener)) < 1.4)
        let lost = try events("camera_lost", listener)
        #expect(lost.count == 1)
        #expect(lost.first?["line"] as? String == "one")
        #expect(try events("camera_back", listener).count == 1)

        let cameras = try listener.objects("one/camera")
        #expect(
            cameras.compactMap { $0["state"] as? String }
                == ["opening", "streaming", "lost", "streaming", "stopped"].prefix(cameras.count).map { $0 })
        let identities = cameras.filter { $0["state"] as? String == "streaming" }
            .compactMap { $0["identity"] as? [String: Any] }
        #expect(identities.compactMap { $0["device"] as? String } == ["/dev/video0", "/dev/video2"])
        #expect(identities.allSatisfy { $0["serial"] as? String == "A" && $0["named_by"] as? String == "serial" })
        #expect(cameras.first { $0["state"] as? String == "lost" }?["reason"] as? String == "device_missing")
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func aDriverThatHangsForEverCostsItsOwnLineOnly() throws {
        let listener = try Listener(port: broker.port)
        let manager = try NotifySocket(at: folder.file("notify"))
        let daemon = try start(
            faults: "hang_dqbuf@30:0", ["NOTIFY_SOCKET": folder.file("notify"), "WATCHDOG_USEC": "3000000"])
        // The socket holds few messages, and the daemon would wait for room.
        func waits(_ condition: () throws -> Bool) rethrows -> Bool {
            try Hook.waits(atMost: .seconds(30)) {
                while manager.hears("WATCHDOG=1", within: .milliseconds(1)) {}
                return try condition()
            }
        }
        #expect(try waits { try !events("camera_hung", listener).isEmpty }, "\(log)")
        func reason(of line: String) throws -> String? {
            let lines = try listener.objects("status").last?["lines"] as? [[String: Any]]
            return lines?.first { $0["name"] as? String == line }?["reason"] as? String
        }
        #expect(try waits { try reason(of: "one") == "camera_hung" }, "\(log)")
        let count = try captures(of: "two", listener).count
        #expect(try waits { try captures(of: "two", listener).count > count + 40 }, "\(log)")
        #expect(longestGap(try captures(of: "two", listener)) < 1.4)
        #expect(manager.hears("WATCHDOG=1", within: .seconds(5)))
        #expect(try events("watchdog_withheld", listener).isEmpty)

        // A reload leaves the thread behind and goes on to another camera.
        let seen = try captures(of: "two", listener).count
        try folder.write(yaml(["one": line("C"), "two": line("B")]).text, to: "assay.yaml")
        daemon.signal(SIGHUP)
        #expect(try waits { try reason(of: "one") == "device_missing" }, "\(log)")
        #expect(try events("camera_hung", listener).count == 2)
        #expect(try waits { try captures(of: "two", listener).count > seen + 10 }, "\(log)")
        #expect(longestGap(try captures(of: "two", listener)) < 1.4)

        let stopAt = ContinuousClock.now
        daemon.signal(SIGTERM)
        #expect(waits { !daemon.isRunning }, "\(log)")
        let exit = daemon.wait()
        #expect(exit & 0x7F == 0 && exit >> 8 & 0xFF == 0, "\(log)")
        #expect(ContinuousClock.now - stopAt < .seconds(5))
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func camerasThatTellTheSameOfThemselvesAreToldApart() throws {
        var environment = ["PRELOAD_CAMERA_BYPATH": "one", "PRELOAD_SECOND_BYPATH": "two"]
        for prefix in ["PRELOAD_CAMERA_", "PRELOAD_SECOND_"] { environment[prefix + "SERIAL"] = "0001" }
        environment["PRELOAD_SECOND_DEVICE"] = "/dev/video4"
        environment["LD_PRELOAD"] = try ["PRELOAD_CAMERA_", "PRELOAD_SECOND_"].map {
            try PreloadLibrary.path(prefix: $0)
        }
        .joined(separator: ":")
        let run = try CommandRun("assayctl", ["cameras"], environment: environment)
        #expect(run.output.contains("camera: {by_path: \"one\","))
        #expect(run.output.contains("camera: {by_path: \"two\","))
        #expect(run.output.contains("or by serial: \"0001\"  (so is /dev/video4: does not tell them apart)"))
        let probe = try CommandRun("capture-probe", ["serial=0001", "limit=300"], environment: environment)
        #expect(probe.output.contains("\"code\":\"camera_ambiguous\""))
        #expect(probe.output.contains("/dev/video0, which by_path: one tells apart"))
        #expect(probe.output.contains("/dev/video4, which by_path: two tells apart"))
    }

    @Test func aStopWhileADriverHangsEndsInTime() throws {
        let listener = try Listener(port: broker.port)
        let daemon = try start(faults: "hang_streamon@1:0")
        #expect(try waits { try captures(of: "two", listener).count > 5 }, "\(log)")
        let stopAt = ContinuousClock.now
        let exit = daemon.end(with: SIGTERM)
        #expect(exit & 0x7F == 0 && exit >> 8 & 0xFF == 0, "\(log)")
        #expect(ContinuousClock.now - stopAt < .seconds(5))
        #expect(try waits { try listener.objects("status").last?["state"] as? String == "offline" })
    }
}
