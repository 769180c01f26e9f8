import AssayTestSupport
import Foundation
import Publishing
import Station
import Testing

/// Sets prepared, activated and rolled back by command, on a station inside the test.
@Suite(.serialized) struct SetSwitchTests {
    private let folder: TemporaryFolder
    private let yaml: StationYAML

    init() throws {
        folder = try TemporaryFolder()
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("library/squares-2"))
        yaml = try Self.yaml(in: folder)
    }

    private static func yaml(in folder: TemporaryFolder, extra: String = "", line: String = "") throws -> StationYAML {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        return StationYAML(
            extra: "support_sets: {sources: [\(folder.file("library"))]\(extra)}",
            lines: [
                "tray":
                    "camera: {replay: \"\(pattern)\", rate: 50, wait: true}, support_set: \(folder.file("set"))\(line)"
            ])
    }

    private func start(_ yaml: StationYAML? = nil) throws -> RunningStation {
        let running = try RunningStation(yaml ?? self.yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        return running
    }

    @Test func aSetIsPreparedThenActivatedThenRolledBack() async throws {
        let running = try start()
        #expect(try running.give(.prepareSet, set: "squares@2").version == "2")
        var line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.prepared == "squares@2" && line.lastRefusal == nil)
        let activated = try running.give(.activateSet, id: "go")
        #expect(activated.version == "2" && activated.supportSet?.lines.first?.before?.version == "1")
        line = try #require(try running.line("tray"))
        #expect(line.set?.version == "2" && line.set?.by == "command" && line.prepared == nil)
        #expect(line.previous == "squares@1")
        let start = ContinuousClock.now
        let back = try running.give(.rollBackSet)
        #expect(back.version == "1" && ContinuousClock.now - start < .seconds(1))
        line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.set?.by == "rollback" && line.previous == nil)
        let history = try #require(try running.history(of: "tray"))
        #expect(history.history.map(\.set.version) == ["1", "2", "1"])
        #expect(history.history.map(\.by) == [.settings, .command, .rollback])
        #expect(history.history[1].command == "go" && history.overruled == folder.file("set"))
        #expect(try running.give(.rollBackSet).error?.code == "nothing_to_do")
        let judged = line.counts.judged
        #expect(running.waitsFor("tray") { $0.counts.judged > judged + 2 && $0.counts.noVerdict == 0 })
        #expect(await running.station.stop())
    }

    @Test func whatWasActivatedStaysOverRestartsUntilTheSettingsNameSomethingElse() async throws {
        var running = try start()
        try running.give(.prepareSet, set: "squares@2")
        #expect(try running.give(.activateSet, set: "squares@2").ok)
        #expect(await running.station.stop())

        running = try start()
        var line = try #require(try running.line("tray"))
        #expect(line.set?.version == "2" && line.set?.by == "command" && line.setting == folder.file("set"))
        // A rollback is at hand after a restart, too.
        #expect(running.waitsFor("tray") { $0.previous == "squares@1" })
        let again = try JSONDecoder().decode(ReloadOutcome.self, from: Data(try running.ask(.reload)))
        #expect(again.ok && again.changed.isEmpty)
        #expect(try running.line("tray")?.set?.version == "2")

        // Another content of the folder is another word of the settings.
        try DrawnSets.put("3", into: folder.file("set"))
        let changed = try JSONDecoder().decode(ReloadOutcome.self, from: Data(try running.ask(.reload)))
        #expect(changed.changed == ["tray: support set → squares@3"])
        line = try #require(try running.line("tray"))
        #expect(line.set?.by == "settings" && line.previous == "squares@2")
        #expect(try running.history(of: "tray")?.overruled == nil)
        #expect(await running.station.stop())
    }

    @Test func whatWasPreparedIsStillPreparedAfterARestart() async throws {
        var running = try start()
        try running.give(.prepareSet, set: "squares@2")
        #expect(await running.station.stop())
        running = try start()
        #expect(try running.line("tray")?.set?.version == "1")
        #expect(running.waitsFor("tray") { $0.prepared == "squares@2" })
        #expect(try running.give(.activateSet).version == "2")
        #expect(await running.station.stop())
    }

    @Test func aRefusedSetChangesNothingAndIsTold() async throws {
        try DrawnSets.put("3", into: folder.file("library/squares-3"))
        try folder.write("not a bank", to: "library/squares-3/logical.bank")
        let running = try start()
        try running.give(.prepareSet, set: "squares@2")
        for (set, words) in [
            ("squares@3", "logical.bank"), ("squares@9", "not found"), (folder.file("nowhere"), "cannot be read"),
            ("squares", "name@version"), (String(repeating: "0", count: 64), "not found"),
        ] {
            let answer = try running.give(.prepareSet, set: set, lines: ["tray"])
            #expect(!answer.ok && answer.reason?.contains(words) == true, "\(set): \(answer.reason ?? "")")
        }
        let line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.prepared == "squares@2" && line.lastRefusal != nil)
        #expect(try running.give(.activateSet, set: "squares@3", lines: ["tray"]).reason?.contains("squares@2") == true)
        #expect(try running.give(.prepareSet, set: "squares@2", lines: ["press"]).error?.code == "unknown_line")
        #expect(await running.station.stop())
    }

    @Test func aCommandWithoutLinesIsForThoseThatJudgeByASetOfTheSameName() async throws {
        var yaml = yaml
        yaml.lines["lid"] = yaml.lines["tray"]
        yaml.lines["bare"] = yaml.lines["tray"]?.replacing(", support_set: \(folder.file("set"))", with: "")
        let running = try start(yaml)
        #expect(running.waitsFor("lid") { $0.counts.judged > 0 })
        #expect(try running.give(.prepareSet, set: "squares@2").supportSet?.lines.map(\.line) == ["lid", "tray"])
        #expect(try running.give(.activateSet, set: "squares@2").supportSet?.lines.count == 2)
        #expect(try running.line("bare")?.set == nil)
        #expect(try running.give(.rollBackSet, set: "squares@2", lines: ["lid"]).version == "1")
        #expect(try running.give(.rollBackSet, set: "squares@2").supportSet?.lines.map(\.line) == ["tray"])
        #expect(await running.station.stop())
    }

    @Test func aSetUnderWhichNoFrameGetsAVerdictIsTakenBackByItself() async throws {
        try DrawnSets.put("dark", into: folder.file("library/squares-dark"))
        let running = try start(try Self.yaml(in: folder, extra: ", roll_back_after: 3"))
        try running.give(.prepareSet, set: "squares@dark")
        #expect(try running.give(.activateSet).version == "dark")
        #expect(running.waitsFor("tray") { $0.set?.by == "automatic_rollback" })
        let line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.lastRefusal?.contains("light_drift") == true)
        #expect(line.previous == nil && line.counts.noVerdictReasons["light_drift"].map { $0 >= 3 } == true)
        let history = try #require(try running.history(of: "tray"))
        #expect(history.history.map(\.set.version) == ["1", "dark", "1"])
        #expect(history.history[1].note?.contains("light_drift") == true)
        // The settings do not bring it back at the next start, either.
        #expect(await running.station.stop())
        let again = try start()
        #expect(try again.line("tray")?.set?.by == "automatic_rollback")
        #expect(await again.station.stop())
    }

    @Test func whatIsNotTheSetsFaultTakesNothingBack() async throws {
        let running = try start(try Self.yaml(in: folder, extra: ", roll_back_after: 3"))
        try running.give(.prepareSet, set: "squares@2")
        running.model.behave(.fails)
        #expect(running.waitsFor("tray") { $0.counts.noVerdict > 3 })
        try running.give(.activateSet)
        let failed = try #require(try running.line("tray")).counts.noVerdict
        #expect(running.waitsFor("tray") { $0.counts.noVerdict > failed + 10 })
        #expect(try running.line("tray")?.set?.version == "2")
        running.model.behave(.answers)
        #expect(await running.station.stop())
    }

    @Test func twoCommandsAtOnceLeaveOneWholeState() async throws {
        let running = try start()
        try running.give(.prepareSet, set: "squares@2")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { _ = Result { try running.give(.activateSet, set: "squares@2") } }
                group.addTask { _ = Result { try running.give(.rollBackSet) } }
            }
        }
        let line = try #require(try running.line("tray"))
        let last = try #require(try running.history(of: "tray")?.history.last)
        #expect(last.set.version == line.set?.version && last.by.rawValue == line.set?.by)
        #expect(await running.station.stop())
    }

    @Test func theSameIdActivatesOnce() async throws {
        let running = try start()
        try running.give(.prepareSet, set: "squares@2")
        let first = try running.give(.activateSet, id: "a")
        try running.give(.rollBackSet)
        let again = try running.give(.activateSet, id: "a")
        #expect(first.version == "2" && again.version == "2")
        #expect(try running.line("tray")?.set?.version == "1")
        #expect(await running.station.stop())
    }

    @Test func collectingKeepsWhatIsNeeded() async throws {
        for version in ["3", "4"] { try DrawnSets.put(version, into: folder.file("library/squares-\(version)")) }
        let running = try start()
        for version in ["2", "3", "4"] {
            try running.give(.prepareSet, set: "squares@\(version)")
            try running.give(.activateSet)
        }
        let copies = { try FileManager.default.contentsOfDirectory(atPath: folder.file("state/sets")).count }
        #expect(try copies() == 4)
        let bytes = try running.ask(.collectSets)
        let collection = try JSONDecoder().decode(SetCollection.self, from: Data(bytes))
        #expect(collection.ok && collection.removed.count == 2)
        #expect(try copies() == 2)
        #expect(try running.give(.rollBackSet).version == "3")
        #expect(await running.station.stop())
    }
}
