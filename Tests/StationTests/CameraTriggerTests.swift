import AssayTestSupport
import Foundation
import Glibc
import Publishing
import Station
import Testing
import Verdicts

/// The real daemon on a camera: which frame a command gets, by the driver's own stamps.
@Suite(.serialized) struct CameraTriggerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-camera")
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
    }

    private func start(_ trigger: String, camera: [String: String] = [:]) throws -> ChildProcess {
        let yaml = StationYAML(lines: [
            "tray":
                "camera: {device: /dev/video0, format: yuyv, width: 256, height: 256, rate: 10}, support_set: \(folder.file("set")), deadline_ms: 5000, trigger: \(trigger)"
        ])
        try folder.write(yaml.text, to: "assay.yaml")
        var environment = [
            "LD_PRELOAD": try PreloadCameraLibrary.compile(into: folder), "PRELOAD_CAMERA_MODES": "YUYV:256:256:10",
        ]
        for (name, value) in camera { environment["PRELOAD_CAMERA_\(name)"] = value }
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let beside = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let program = unsafe access("\(beside)/assayd", X_OK) == 0 ? beside : "\(Repository.root)/.build/release"
        return try ChildProcess(
            "\(program)/assayd",
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"), environment: environment)
    }

    private var log: String {
        FileManager.default.contents(atPath: folder.file("log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private func line() -> LineReport? {
        do {
            let bytes = try ControlConnection(to: folder.file("run/control.sock")).ask(
                ControlRequest(.status), within: .seconds(10))
            return try JSONDecoder().decode(StatusReport.self, from: Data(bytes)).lines.first
        } catch {
            return nil
        }
    }

    private struct Answer: Decodable { let verdict: VerdictMessage? }

    private func inspect(_ extra: String = "") throws -> VerdictMessage {
        let request = #"{"command":"inspect","line":"tray"\#(extra)}"#
        let bytes = try ControlConnection(to: folder.file("run/control.sock")).ask(
            line: Array(request.utf8), within: .seconds(60))
        return try #require(try JSONDecoder().decode(Answer.self, from: Data(bytes)).verdict)
    }

    /// How long after the trigger the frame was stamped, in milliseconds.
    private func delay(_ verdict: VerdictMessage) throws -> Int64 {
        let captured = try #require(verdict.frame.flatMap { Timestamp(parsing: $0.capturedAt) })
        let triggered = try #require(verdict.triggeredAt.flatMap { Timestamp(parsing: $0) })
        return captured.milliseconds - triggered.milliseconds
    }

    /// The camera gives a frame each 100 ms; the first whose exposure began after the trigger was stamped at its end 100
    /// to 200 ms after it, at its beginning 0 to 100 ms. A loaded box tells times less exactly.
    @Test(arguments: [("eof", 80...220 as ClosedRange<Int64>), ("soe", -20...120)])
    func theFrameIsTheFirstOneExposedAfterTheCommand(_ stamps: String, _ expected: ClosedRange<Int64>) throws {
        let daemon = try start("{mode: command}", camera: ["STAMPS": stamps])
        #expect(Hook.waits(atMost: .seconds(60)) { line()?.state == "armed" }, "\(log)")
        for _ in 0..<8 {
            let verdict = try inspect()
            let delay = try delay(verdict)
            #expect(delay >= expected.lowerBound, "\(delay) ms, exposed before the command")
            // A frame that the camera lost is not the first one any more.
            let isWhole = verdict.frame?.lostBefore == 0
            #expect(!isWhole || delay <= expected.upperBound, "\(delay) ms, a later frame")
            #expect(verdict.trigger == .command)
            // Another phase of the camera's clock each time.
            usleep(UInt32.random(in: 0..<100_000))
        }
        #expect(line()?.counts.judged == 8)
        #expect(daemon.end(with: SIGTERM) == 0)
    }

    @Test func aCameraThatIsLostIsTheReasonAndItsReturnIsJudged() throws {
        let daemon = try start("{mode: command}", camera: ["FAULTS": "unplug@30:4000"])
        #expect(Hook.waits(atMost: .seconds(60)) { line()?.state == "waiting" }, "\(log)")
        let verdict = try inspect(#","deadline_ms":300,"metadata":{"n":1}"#)
        #expect(verdict.reasons.map(\.rawValue) == ["camera_lost"] && verdict.frame == nil)
        #expect(verdict.metadata == JSONText(.object(["n": 1])))
        #expect(try inspect(#","deadline_ms":60000"#).frame != nil, "the first frame after the return")
        #expect(daemon.end(with: SIGTERM) == 0)
    }

    @Test func aCameraTriggeredByItselfMayBeSilentAndEachOfItsFramesIsATrigger() throws {
        let daemon = try start("{mode: camera}", camera: ["FAULTS": "silence@1:7000"])
        #expect(Hook.waits(atMost: .seconds(60)) { line()?.state == "armed" }, "\(log)")
        #expect(line()?.counts.offered == 0, "armed before the first frame")
        #expect(Hook.waits(atMost: .seconds(60)) { line()?.counts.judged ?? 0 >= 5 }, "\(log)")
        #expect(!log.contains("camera_lost") && !log.contains("Camera lost"), "\(log)")
        let counts = try #require(line()).counts
        // The camera is faster than the model: what found no worker was answered, not left out.
        #expect(counts.judged + 4 >= counts.offered, "\(counts)")
        #expect(daemon.end(with: SIGTERM) == 0)
    }
}
