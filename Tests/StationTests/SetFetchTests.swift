import AssayTestSupport
import Foundation
import Publishing
import Station
import SupportSets
import Testing

/// Sets that the settings name by an address: whoever waits for them holds nothing else up.
@Suite(.serialized) struct SetFetchTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker
    private let listener: Listener
    private let digest: String
    private let file: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        broker = try MosquittoBroker()
        listener = try Listener(port: broker.port)
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("made"))
        try SetArchive.pack(folder.file("made"), to: folder.file("made.assayset"))
        digest = try SetArchive(opening: folder.file("made.assayset")).identity.digest
        file = [UInt8](try Data(contentsOf: URL(filePath: folder.file("made.assayset"))))
    }

    private func yaml(_ set: String, more: String = "", sets: String = "stall_timeout_s: 30") throws -> StationYAML {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        return StationYAML(
            broker: "{host: 127.0.0.1, port: \(broker.port)}", extra: "support_sets: {\(sets)}",
            lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 20, wait: true}, support_set: \"\(set)\"\(more)"])
    }

    private func reload(_ running: RunningStation) throws -> ReloadOutcome {
        try JSONDecoder().decode(ReloadOutcome.self, from: Data(try running.ask(.reload)))
    }

    /// The codes of the events about sets, in their order.
    private func codes() throws -> [String] {
        try listener.objects("event").compactMap { $0["code"] as? String }.filter { $0.hasPrefix("set_") }
    }

    /// What the retained topic says to be on its way.
    private func fetching() throws -> String? {
        (try listener.objects("tray/support-set").last?["fetching"] as? [String: Any])?["set"] as? String
    }

    @Test func aReloadDoesNotWaitForAServerAndTheLineGoesOnMeanwhile() async throws {
        let gate = SetServer.Gate()
        let server = try SetServer(.servesLate(file, gate))
        let address = "\(server.address)/squares-2.assayset#\(digest)"
        let running = try RunningStation(yaml(folder.file("set")), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })

        // Another deadline comes with the set, not before it.
        try running.rewrite(yaml(address, more: ", deadline_ms: 4000"))
        let start = ContinuousClock.now
        let outcome = try reload(running)
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(outcome.ok && outcome.changed == ["tray: changes once its support set \(address) is fetched"])
        var line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.fetching == address && line.state == "judging")
        #expect(try Hook.waits(atMost: .seconds(10)) { try fetching() == address })
        // Asked again, it is not fetched twice, and other commands are obeyed.
        #expect(try reload(running).changed == outcome.changed)
        try running.give(.prepareSet, set: folder.file("set"), lines: ["tray"])
        let judged = line.counts.judged
        #expect(running.waitsFor("tray") { $0.counts.judged > judged + 5 && $0.counts.noVerdict == 0 })
        #expect(server.paths == ["/squares-2.assayset"])

        gate.open()
        #expect(running.waitsFor("tray") { $0.set?.version == "2" })
        line = try #require(try running.line("tray"))
        #expect(line.set?.by == "settings" && line.fetching == nil && line.previous == "squares@1")
        #expect(try Hook.waits(atMost: .seconds(10)) { try fetching() == nil })
        let told = ["set_activated", "set_fetching", "set_prepared", "set_fetched", "set_activated"]
        _ = try Hook.waits(atMost: .seconds(10)) { try codes() == told }
        #expect(try codes() == told)
        #expect(try reload(running).changed.isEmpty)
        #expect(try running.line("tray")?.counts.noVerdict == 0)
        #expect(await running.station.stop())
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func aSetThatCannotBeFetchedLeavesTheLineAsItWas() async throws {
        let server = try SetServer(.refuses)
        let address = "\(server.address)/squares-2.assayset#\(digest)"
        let running = try RunningStation(yaml(folder.file("set")), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        try running.rewrite(yaml(address))
        #expect(try reload(running).ok)
        #expect(running.waitsFor("tray") { $0.lastRefusal?.contains("404") == true })
        let line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.fetching == nil && line.setting == folder.file("set"))
        let told = ["set_activated", "set_fetching", "set_refused"]
        _ = try Hook.waits(atMost: .seconds(10)) { try codes() == told }
        #expect(try codes() == told)
        // Asked anew, the server is asked anew.
        #expect(try reload(running).ok)
        #expect(Hook.waits(atMost: .seconds(10)) { server.paths.count == 2 })
        #expect(await running.station.stop())
    }

    @Test func whatTheSettingsNameNoMoreIsNotPutInForceWhenItComes() async throws {
        let gate = SetServer.Gate()
        let server = try SetServer(.servesLate(file, gate))
        let running = try RunningStation(yaml(folder.file("set")), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        try running.rewrite(yaml("\(server.address)/squares-2.assayset#\(digest)"))
        #expect(try reload(running).ok)
        try running.rewrite(yaml(folder.file("set")))
        #expect(try reload(running).changed.isEmpty)
        gate.open()
        #expect(running.waitsFor("tray") { $0.fetching == nil })
        #expect(try Hook.waits(atMost: .seconds(10)) { try codes().last == "set_fetched" })
        #expect(try running.line("tray")?.set?.version == "1")
        #expect(await running.station.stop())
    }

    @Test func aStationWhoseServerIsSlowIsReadyAndSaysWhatTheLineWaitsFor() async throws {
        let gate = SetServer.Gate()
        let server = try SetServer(.servesLate(file, gate))
        let running = try RunningStation(yaml("\(server.address)/squares-2.assayset#\(digest)"), in: folder)
        #expect(running.waitsFor("tray") { $0.state == "waiting" && $0.reason == "no_support_set" })
        #expect(try running.line("tray")?.fetching != nil)
        gate.open()
        #expect(running.waitsFor("tray") { $0.set?.version == "2" && $0.counts.passed > 2 })
        #expect(try running.line("tray")?.fetching == nil)
        #expect(await running.station.stop())
    }
}
