import AssayTestSupport
import Foundation
import Publishing
import Station
import SupportSets
import Testing
import Verdicts

/// `assayctl set` and `assayctl mark` against the real daemon.
@Suite(.serialized) struct SetVerbsTests {
    private let folder: TemporaryFolder
    private let station: OutsideStation

    init() throws {
        folder = try TemporaryFolder("assay-verbs")
        station = OutsideStation(in: folder)
        try DrawnSets.put("1", into: folder.file("set"))
        for version in ["2", "3"] { try DrawnSets.put(version, into: folder.file("library/squares-\(version)")) }
    }

    private func start(missing: Int? = nil) throws {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0, without: missing)], to: "frame", in: folder)
        try station.start(
            StationYAML(
                extra: "support_sets: {sources: [\(folder.file("library"))]}",
                lines: [
                    "tray":
                        "camera: {replay: \"\(pattern)\", rate: 20}, support_set: \(folder.file("set")), trigger: {mode: command}, deadline_ms: 10000"
                ]))
    }

    private struct Inspected: Decodable { let verdict: VerdictMessage }

    private func inspect() throws -> (status: Int32, verdict: VerdictMessage) {
        let run = try station.ask("command", "inspect", "tray", "--json")
        return (run.status, try JSONDecoder().decode(Inspected.self, from: Data(run.output.utf8)).verdict)
    }

    @Test func aSetIsPreparedActivatedTakenBackAndToldOf() throws {
        try start()
        let early = try station.ask("set", "activate")
        #expect(early.status == 3 && early.errors.contains("no line has that set prepared"), "\(early.errors)")
        let unknown = try station.ask("set", "prepare", "squares@9", "--line", "tray")
        #expect(unknown.status == 3 && unknown.errors.contains("tray: refused, squares@9: not found"))
        let prepared = try station.ask("set", "prepare", "squares@2")
        #expect(prepared.status == 0 && prepared.output == "tray: prepared squares@2\n", "\(prepared.errors)")
        let activated = try station.ask("set", "activate", "squares@2", "--id", "go")
        #expect(activated.status == 0 && activated.output == "tray: judges by squares@2\n", "\(activated.errors)")
        #expect(try inspect().verdict.supportSet?.version == "2")
        let again = try station.ask("set", "activate", "squares@2", "--line", "tray")
        #expect(again.status == 0 && again.output == "tray: already judges by squares@2\n")

        let back = try station.ask("set", "rollback", "--json")
        #expect(back.status == 0)
        #expect(try SchemaValidator.problems(in: back.lines.map { Array($0.utf8) }) == [])
        #expect(try inspect().verdict.supportSet?.version == "1")
        let none = try station.ask("set", "rollback")
        #expect(none.status == 3 && none.errors.contains("no line has a set to go back to"))

        let history = try station.ask("set", "history", "tray")
        let told = history.lines.compactMap { line in
            ["squares@1", "squares@2"].first { line.contains($0) }.map { set in
                "\(set) \(line.contains("rollback") ? "rollback" : line.contains("command") ? "command" : "settings")"
            }
        }
        #expect(told == ["squares@1 settings", "squares@2 command", "squares@1 rollback"], "\(history.output)")
        #expect(history.output.contains("overrules the settings, which name \(folder.file("set"))"))
        #expect(try station.ask("set", "history", "press").status == 3)
        #expect(station.stop() == 0, "\(station.log)")
        #expect(try station.ask("set", "rollback").status == 4)
    }

    @Test func aSetIsGivenByAPathOfThisFolderAndCollectingRemovesWhatNobodyNeeds() throws {
        try start()
        try SetArchive.pack(folder.file("library/squares-3"), to: folder.file("new.assayset"))
        #expect(try station.ask("set", "prepare", "new.assayset").output == "tray: prepared squares@3\n")
        #expect(try station.ask("set", "activate").status == 0)
        #expect(try station.ask("set", "prepare", "squares@2").status == 0)
        #expect(try station.ask("set", "activate").status == 0)
        let digests = { try FileManager.default.contentsOfDirectory(atPath: folder.file("state/sets")) }
        #expect(try digests().count == 3)
        let collected = try station.ask("set", "gc")
        #expect(collected.status == 0 && collected.output.hasPrefix("removed "), "\(collected.errors)")
        #expect(try digests().count == 2)
        #expect(try station.ask("set", "gc").output == "nothing to remove\n")
        #expect(try station.ask("set", "rollback").output == "tray: judges by squares@3\n")
        #expect(station.stop() == 0, "\(station.log)")
    }

    @Test func anOverkillIsProposedHandedOutAndDiscarded() throws {
        try start(missing: 2)
        let (status, verdict) = try inspect()
        #expect(status == 1 && verdict.decision == .fail)
        let wrong = try station.ask("mark", "tray", verdict.id, "escape")
        #expect(wrong.status == 3 && wrong.errors.contains("cannot have been an escape"), "\(wrong.errors)")
        #expect(try station.ask("mark", "tray", verdict.id, "agree").output == "marked\n")
        let marked = try station.ask("mark", "tray", verdict.id, "overkill", "--note", "is good")
        #expect(marked.status == 0 && marked.output.hasPrefix("kept /"), "\(marked.errors)")
        let unknown = try station.ask("mark", "tray", "0190163d-8694-739b-aea5-966c26f8ad91", "overkill")
        #expect(unknown.status == 3 && unknown.errors.contains("recent_megabytes"))

        func proposals(_ more: String...) throws -> CommandRun {
            try CommandRun(
                "assayctl",
                ["set", "proposals", "tray", "--state-dir", folder.file("state"), "--runtime-dir", folder.file("run")]
                    + more)
        }
        #expect(try proposals().output.contains("tray  overkill  \(verdict.id)"))
        let exported = try proposals("--export", folder.file("out"))
        #expect(exported.output == "\(folder.file("out"))/tray-\(verdict.id).png\n", "\(exported.errors)")
        #expect(FileManager.default.fileExists(atPath: folder.file("out/tray-\(verdict.id).png")))
        #expect(try proposals("--discard", verdict.id).output == "discarded \(verdict.id)\n")
        #expect(try proposals().output.isEmpty)
        #expect(try proposals("--discard", verdict.id).status == 3)
        #expect(station.stop() == 0, "\(station.log)")
    }

    @Test func anEscapeBlocksASetUntilItIsDiscarded() throws {
        try start()
        let (status, verdict) = try inspect()
        #expect(status == 0 && verdict.decision == .pass)
        #expect(try station.ask("mark", "tray", verdict.id, "escape").status == 0)
        let refused = try station.ask("set", "prepare", "squares@2")
        #expect(refused.status == 3 && refused.errors.contains(verdict.id), "\(refused.errors)")
        #expect(refused.errors.contains("must not pass"))
        let discarded = try CommandRun(
            "assayctl",
            [
                "set", "proposals", "tray", "--discard", verdict.id, "--state-dir", folder.file("state"),
                "--runtime-dir", folder.file("run"),
            ])
        #expect(discarded.status == 0, "\(discarded.errors)")
        #expect(try station.ask("set", "prepare", "squares@2").status == 0)
        #expect(station.stop() == 0, "\(station.log)")
    }
}
