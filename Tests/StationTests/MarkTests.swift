import AssayTestSupport
import Foundation
import Publishing
import Station
import Testing
import Verdicts

/// What people say of verdicts, and what it does.
@Suite(.serialized) struct MarkTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("library/squares-2"))
    }

    private func start(missing: Int?, extra: String = "") throws -> RunningStation {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0, without: missing)], to: "frame", in: folder)
        let running = try RunningStation(
            StationYAML(
                extra: "support_sets: {sources: [\(folder.file("library"))]\(extra)}",
                lines: [
                    "tray":
                        "camera: {replay: \"\(pattern)\", rate: 50}, support_set: \(folder.file("set")), deadline_ms: 5000, trigger: {mode: command}"
                ]), in: folder)
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        return running
    }

    private struct Inspected: Decodable { let verdict: VerdictMessage }

    private func inspect(_ running: RunningStation) throws -> VerdictMessage {
        let bytes = try ControlConnection(to: folder.file("run/control.sock")).ask(
            line: CommandRequest(.inspect, line: "tray").json(), within: .seconds(30))
        return try JSONDecoder().decode(Inspected.self, from: Data(bytes)).verdict
    }

    private func mark(
        _ running: RunningStation, _ id: String, _ mark: CommandDetails.Mark, note: String? = nil
    ) throws -> SetAnswer {
        try running.give(
            CommandRequest(
                .mark, line: "tray", details: CommandDetails(lines: ["tray"], verdict: id, mark: mark, note: note)))
    }

    @Test func anOverkillIsKeptAsAProposalAndChangesNothing() async throws {
        let running = try start(missing: 2)
        let verdict = try inspect(running)
        #expect(verdict.decision == .fail)
        #expect(try mark(running, verdict.id, .escape).error?.code == "bad_member")
        let answer = try mark(running, verdict.id, .overkill, note: "good after all")
        let path = try #require(answer.mark?.picture)
        #expect(answer.ok && path.hasSuffix("/tray/proposals/\(verdict.id).png"))
        let facts = try #require(FileManager.default.contents(atPath: path.replacing(".png", with: ".json")))
        let object = try #require(try JSONSerialization.jsonObject(with: facts) as? [String: Any])
        #expect(object["note"] as? String == "good after all" && object["schema"] as? String == "assay.mark/1")
        #expect((object["verdict"] as? [String: Any])?["id"] as? String == verdict.id)
        #expect(try mark(running, verdict.id, .agree).ok)
        #expect(try mark(running, "0190163d-8694-739b-aea5-966c26f8ad91", .overkill).error?.code == "unknown_verdict")
        #expect(try inspect(running).decision == .fail)
        #expect(await running.station.stop())
    }

    @Test func anEscapeBlocksEverySetThatWouldPassItUntilItIsDiscarded() async throws {
        let running = try start(missing: nil)
        let verdict = try inspect(running)
        #expect(verdict.decision == .pass)
        #expect(try mark(running, verdict.id, .escape).ok)
        let answer = try running.give(.prepareSet, set: "squares@2", lines: ["tray"])
        #expect(!answer.ok && answer.reason?.contains(verdict.id) == true, "\(answer.reason ?? "")")
        #expect(try running.line("tray")?.set?.version == "1")
        _ = try ControlConnection(to: folder.file("run/control.sock")).ask(
            ControlRequest(.discardMark, line: "tray", verdict: verdict.id), within: .seconds(10))
        #expect(try running.give(.prepareSet, set: "squares@2", lines: ["tray"]).version == "2")
        #expect(await running.station.stop())
    }

    @Test func noMorePicturesAreKeptThanAllowed() async throws {
        // Half of one MiB holds two pictures of this size.
        let running = try start(missing: 2, extra: ", recent_megabytes: 1, marks: 1")
        let first = try inspect(running)
        let rest = try (0..<3).map { _ in try inspect(running) }
        #expect(try mark(running, first.id, .overkill).error?.code == "unknown_verdict")
        #expect(try mark(running, rest[2].id, .overkill).ok)
        #expect(try mark(running, rest[1].id, .overkill).error?.code == "full")
        #expect(try mark(running, rest[2].id, .overkill).ok)
        #expect(await running.station.stop())
    }
}
