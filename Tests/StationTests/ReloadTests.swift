import AssayTestSupport
import Foundation
import Station
import Testing

/// Reloads of a station inside the test, over its control socket.
@Suite(.serialized) struct ReloadTests {
    private let folder: TemporaryFolder
    private var yaml: StationYAML

    init() throws {
        folder = try TemporaryFolder()
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        yaml = StationYAML(lines: [
            "tray": "camera: {replay: \"\(pattern)\", rate: 50, wait: true}, support_set: \(folder.file("set"))"
        ])
    }

    private func reload(_ running: RunningStation) throws -> ReloadOutcome {
        try JSONDecoder().decode(ReloadOutcome.self, from: Data(try running.ask(.reload)))
    }

    @Test func aBadSettingsFileChangesNothingAndNamesTheLine() async throws {
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        var bad = yaml
        bad.extra = "colour: blue"
        try running.rewrite(bad)
        let outcome = try reload(running)
        #expect(!outcome.ok && outcome.changed.isEmpty)
        #expect(outcome.refused.first?.contains("assay.yaml:4") == true)
        let judged = try #require(try running.line("tray")).counts.judged
        #expect(running.waitsFor("tray") { $0.counts.judged > judged + 2 })
        #expect(await running.station.stop())
    }

    @Test func anotherSetInTheSameFolderIsNoticed() async throws {
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        #expect(try reload(running).changed.isEmpty)
        let former = try #require(try running.line("tray")?.set?.digest)
        try DrawnScene.enrol(version: "2", into: folder.file("set"))
        #expect(try reload(running).changed == ["tray: support set → squares@2"])
        #expect(try running.line("tray")?.set?.version == "2")
        // The copy of the set before stays: a rollback would need it.
        let copies = try FileManager.default.contentsOfDirectory(atPath: folder.file("state/sets"))
        #expect(copies.count == 2 && copies.contains(former))
        #expect(try running.line("tray")?.previous == "squares@1")
        #expect(await running.station.stop())
    }

    @Test func aDamagedSetIsRefusedAndTheOldOneRules() async throws {
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        try DrawnScene.enrol(version: "2", into: folder.file("set"))
        try folder.write("not a bank", to: "set/logical.bank")
        let outcome = try reload(running)
        #expect(!outcome.ok && outcome.changed.isEmpty)
        #expect(outcome.refused.first?.hasPrefix("tray: \(folder.file("set"))/logical.bank") == true)
        let line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.lastRefusal != nil && line.state == "judging")
        // Nothing half made stays behind.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("state/sets")).count == 1)
        #expect(await running.station.stop())
    }

    @Test func whatAnOperatorDoesToTheFolderDoesNotReachARunningLine() async throws {
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        try FileManager.default.removeItem(atPath: folder.file("set"))
        let judged = try #require(try running.line("tray")).counts.judged
        #expect(running.waitsFor("tray") { $0.counts.judged > judged + 5 && $0.counts.noVerdict == 0 })
        #expect(await running.station.stop())
    }

    @Test func linesComeAndGoWhileOthersStreamOn() async throws {
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        var more = yaml
        more.workers = 1
        more.lines["kit"] = yaml.lines["tray"]
        try running.rewrite(more)
        let outcome = try reload(running)
        #expect(outcome.changed == ["kit: added"] && outcome.restartNeeded == ["workers"] && outcome.ok)
        #expect(running.waitsFor("kit") { $0.counts.judged > 2 })
        try running.rewrite(yaml)
        #expect(try reload(running).changed == ["kit: removed"])
        #expect(try running.line("kit") == nil)
        #expect(try #require(try running.line("tray")).counts.skipped == 0)
        #expect(await running.station.stop())
    }
}
