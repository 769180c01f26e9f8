import AssayTestSupport
import Foundation
import Imaging
import Publishing
import Station
import Testing
import Verdicts

/// Commands to a whole station inside the test, over its control socket: which picture is judged, and what is answered
/// when none can be.
@Suite(.serialized) struct TriggerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
    }

    /// One answer of the station, as a client of the socket has it.
    private struct Answer: Decodable {
        struct Problem: Decodable { let code: String }

        let ok: Bool
        let id: String?
        let verdict: VerdictMessage?
        let error: Problem?

        var reasons: [String] { verdict?.reasons.map(\.rawValue) ?? [] }
    }

    private func station(
        _ trigger: String, pictures: Int = 3, camera: String = "rate: 50, loop: true, wait: true", workers: Int = 2,
        deadline: Int = 5000
    ) throws -> RunningStation {
        let pattern = try DrawnScene.write(
            (0..<pictures).map { DrawnScene.picture(variant: $0) }, to: "frame", in: folder)
        return try RunningStation(
            StationYAML(
                workers: workers,
                lines: [
                    "tray":
                        "camera: {replay: \"\(pattern)\", \(camera)}, support_set: \(folder.file("set")), deadline_ms: \(deadline), trigger: \(trigger)"
                ]), in: folder)
    }

    private func bytes(_ request: String) throws -> [UInt8] {
        try ControlConnection(to: folder.file("run/control.sock")).ask(line: Array(request.utf8), within: .seconds(60))
    }

    private func ask(_ request: String) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(bytes(request)))
    }

    private static let plain = #"{"command":"inspect","line":"tray"}"#

    @Test func aCommandLineJudgesOnePictureACommandAndNoneWithout() async throws {
        let running = try station("{mode: command}")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        let frames = try (0..<4).map { _ in try ask(Self.plain).verdict?.frame?.sequence }
        #expect(frames == [0, 1, 2, 3])
        #expect(try running.line("tray")?.counts.judged == 4)
        let verdict = try #require(try ask(Self.plain).verdict)
        #expect(verdict.trigger == .command && verdict.decision == .pass && verdict.metadata == nil)
        #expect(verdict.delivery.sequence == 5)
        #expect(try #require(verdict.timings.fromTrigger) >= verdict.timings.matched)
        #expect(await running.station.stop())
    }

    @Test func thePictureIsExposedAfterTheCommandAndTheMetadataComeBackAsTheyWent() async throws {
        let running = try station("{mode: command}", camera: "rate: 20, loop: true")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        let metadata = #"{"order":12345678901234567890,"weight":1.50,"z":[{"ä":"\u00fc"},null],"a":1e-3}"#
        for _ in 0..<5 {
            let sent = Timestamp.now()
            let answer = try bytes(#"{"command":"inspect","line":"tray","metadata":\#(metadata)}"#)
            #expect(String(decoding: answer, as: UTF8.self).contains(#""metadata":\#(metadata),"#))
            #expect(try SchemaValidator.problems(in: [answer]) == [])
            let verdict = try #require(try JSONDecoder().decode(Answer.self, from: Data(answer)).verdict)
            let captured = try #require(verdict.frame.flatMap { Timestamp(parsing: $0.capturedAt) })
            let triggered = try #require(verdict.triggeredAt.flatMap { Timestamp(parsing: $0) })
            #expect(triggered >= sent.advanced(by: .milliseconds(-3)))
            #expect(captured >= triggered.advanced(by: .milliseconds(-3)))
            // The first one: a picture comes every 50 ms.
            #expect(captured < triggered.advanced(by: .milliseconds(60)))
        }
        #expect(try running.line("tray")?.counts.judged == 5)
        #expect(await running.station.stop())
    }

    @Test func aFreeLineObeysACommandToo() async throws {
        let running = try station("{mode: free-run}", camera: "rate: 20, loop: true")
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        #expect(try ask(Self.plain).verdict?.trigger == .command)
        let judged = try #require(try running.line("tray")).counts.judged
        #expect(running.waitsFor("tray") { $0.counts.judged > judged + 2 })
        #expect(await running.station.stop())
    }

    @Test func aTimerLineObeysACommandBetweenItsTicks() async throws {
        let running = try station("{mode: timer, interval_ms: 86400000}", camera: "rate: 20, loop: true")
        #expect(running.waitsFor("tray") { $0.counts.judged == 1 })
        #expect(try ask(Self.plain).verdict?.trigger == .command)
        #expect(try running.line("tray")?.counts.judged == 2)
        #expect(await running.station.stop())
    }

    @Test func aLostCameraIsTheReasonAtTheDeadlineAndNotBefore() async throws {
        let running = try station("{mode: command}", camera: "rate: 50, loop: true")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("frame-") {
            try FileManager.default.removeItem(atPath: folder.file(name))
        }
        #expect(running.waitsFor("tray") { $0.state == "waiting" })
        let begun = ContinuousClock.now
        let answer = try ask(#"{"command":"inspect","line":"tray","metadata":{"n":1},"deadline_ms":300}"#)
        let time = ContinuousClock.now - begun
        #expect(answer.ok && answer.reasons == ["camera_lost"] && answer.verdict?.frame == nil)
        #expect(answer.verdict?.metadata == JSONText(.object(["n": 1])))
        #expect(time >= .milliseconds(300) && time < .seconds(3))
        #expect(await running.station.stop())
    }

    @Test func withoutAFrameTheDeadlineSaysSo() async throws {
        let running = try station("{mode: command}", camera: "rate: 0.01, loop: true")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        #expect(try ask(#"{"command":"inspect","line":"tray","deadline_ms":200}"#).reasons == ["no_frame"])
        #expect(await running.station.stop())
    }

    @Test func aDelayPutsTheExposureOff() async throws {
        let running = try station("{mode: command, delay_ms: 200}")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        let verdict = try #require(try ask(Self.plain).verdict)
        #expect(verdict.decision == .pass)
        #expect(try #require(verdict.timings.fromTrigger) >= 200)
        #expect(await running.station.stop())
    }

    @Test func busyWorkersAreSaidAndEveryCommandIsAnsweredOnce() async throws {
        let running = try station("{mode: command}", camera: "rate: 50, loop: true", workers: 1)
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        running.model.behave(.hangs)
        let path = folder.file("run/control.sock")
        func send(_ count: Int, deadline: Int) async throws -> [Answer] {
            try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        let request = #"{"command":"inspect","line":"tray","deadline_ms":\#(deadline)}"#
                        let bytes = try ControlConnection(to: path).ask(line: Array(request.utf8), within: .seconds(60))
                        return try JSONDecoder().decode(Answer.self, from: Data(bytes))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        let first = try await send(1, deadline: 300)
        #expect(first.map(\.reasons) == [["model_timeout"]])
        let second = try await send(1, deadline: 300)
        #expect(second.map(\.reasons) == [["overload"]])
        let judged = try #require(try running.line("tray")).counts.judged
        running.model.behave(.answers)
        #expect(Hook.waits(atMost: .seconds(20)) { running.station.statusReport.lines.first?.latency.isEmpty == false })
        // The late judgement of the first one is not told.
        #expect(try running.line("tray")?.counts.judged == judged)
        #expect(try ask(Self.plain).verdict?.decision == .pass)
        #expect(await running.station.stop())
    }

    @Test func theSameIdIsAnsweredWithTheFirstVerdict() async throws {
        let running = try station("{mode: command}")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        let request = #"{"command":"inspect","line":"tray","id":"A-7","metadata":{"n":1}}"#
        let first = try bytes(request)
        #expect(try bytes(request) == first)
        #expect(try running.line("tray")?.counts.judged == 1)
        let other = try ask(#"{"command":"inspect","line":"tray","id":"A-7","metadata":{"n":2}}"#)
        #expect(!other.ok && other.error?.code == "id_reused" && other.id == "A-7")
        #expect(await running.station.stop())
    }

    @Test func whatCannotBeObeyedIsRefusedWithItsReason() async throws {
        let running = try station("{mode: camera}")
        func code(_ rest: String) throws -> String? {
            let answer = try bytes(#"{"command":"inspect"\#(rest)}"#)
            #expect(try SchemaValidator.problems(in: [answer]) == [])
            return try JSONDecoder().decode(Answer.self, from: Data(answer)).error?.code
        }
        #expect(try code("") == "bad_member")
        #expect(try code(#","line":"press""#) == "unknown_line")
        #expect(try code(#","line":"tray""#) == "wrong_trigger")
        #expect(try code(#","line":"tray","sent_at":"2020-01-01T00:00:00Z""#) == "stale")
        #expect(try code(#","line":"tray","sent_at":"2120-01-01T00:00:00Z""#) == "stale")
        #expect(await running.station.stop())
    }

    @Test func everyPictureOfACamerasOwnTriggerIsJudged() async throws {
        let running = try station("{mode: camera}", camera: "rate: 50, loop: false, wait: true")
        #expect(running.waitsFor("tray") { $0.counts.judged == 3 })
        #expect(await running.station.stop())
    }

    @Test func aLineThatIsRemovedAnswersWhatWaits() async throws {
        let running = try station("{mode: command}", camera: "rate: 0.01, loop: true")
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        let path = folder.file("run/control.sock")
        async let waiting = Task.detached {
            try ControlConnection(to: path).ask(line: Array(Self.plain.utf8), within: .seconds(60))
        }.value
        try running.rewrite(StationYAML())
        // The command is on its way; reload until the line is gone and the command was answered.
        _ = try running.ask(.reload)
        let answer = try JSONDecoder().decode(Answer.self, from: Data(await waiting))
        #expect(answer.reasons == ["no_frame"] || answer.error?.code == "unknown_line")
        #expect(await running.station.stop())
    }
}
