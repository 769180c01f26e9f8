import AssayTestSupport
import Foundation
import Publishing
import Station
import Testing

/// Support-set commands over a real broker.
@Suite(.serialized) struct SetMQTTTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker

    init() throws {
        folder = try TemporaryFolder()
        broker = try MosquittoBroker()
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("library/squares-2"))
    }

    @Test func aSetIsRolledOutByPublishingCommands() async throws {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let listener = try Listener(port: broker.port)
        let allowed = "snapshot, mark, support-set/prepare, support-set/activate, support-set/rollback"
        let running = try RunningStation(
            StationYAML(
                broker:
                    "{host: 127.0.0.1, port: \(broker.port), commands: true, allow: [\(allowed)], group: plant/all}",
                extra: "support_sets: {sources: [\(folder.file("library"))]}",
                lines: [
                    "tray": "camera: {replay: \"\(pattern)\", rate: 20}, support_set: \(folder.file("set"))"
                ]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        #expect(Hook.waits(atMost: .seconds(10)) { running.station.statusReport.broker.connected })
        let plant = try Plant(port: broker.port, filters: ["assay/v1/box/command/#", "answers/#"])
        #expect(Hook.waits(atMost: .seconds(10)) { plant.isListening })
        func answers(_ name: String) throws -> [SetAnswer] {
            try plant.heard.filter { $0.topic == "assay/v1/box/command/\(name)/result" }.map {
                try JSONDecoder().decode(SetAnswer.self, from: Data($0.payload))
            }
        }
        func give(_ name: String, _ command: String, group: Bool = false) throws -> SetAnswer? {
            let before = try answers(name).count
            plant.send(name, Array(command.utf8), below: group ? "plant/all" : "assay/v1/box")
            #expect(try Hook.waits(atMost: .seconds(30)) { try answers(name).count > before }, "\(name)")
            return try answers(name).last
        }
        // Nothing outside of the sources, however it is named.
        for set in [folder.file("set"), "http://127.0.0.1:9/x#\(String(repeating: "0", count: 64))"] {
            let answer = try give("support-set/prepare", #"{"line":"tray","set":"\#(set)"}"#)
            #expect(answer?.reason?.contains("support_sets.sources") == true, "\(answer?.reason ?? "")")
        }
        #expect(try give("support-set/prepare", #"{"set":"squares@2","id":"p"}"#, group: true)?.version == "2")
        #expect(try give("support-set/activate", #"{"set":"squares@2"}"#, group: true)?.version == "2")
        func version(_ objects: [[String: Any]]) -> String? {
            (objects.last?["support_set"] as? [String: Any])?["version"] as? String
        }
        #expect(try Hook.waits(atMost: .seconds(10)) { try version(listener.objects("tray/verdict")) == "2" })
        #expect(try give("support-set/rollback", #"{"line":"tray"}"#)?.version == "1")
        #expect(try give("support-set/rollback", #"{"line":"tray"}"#)?.ok == false)
        #expect(try give("snapshot", #"{"line":"tray"}"#)?.ok == true)
        #expect(try give("support-set/prepare", #"{"line":"tray"}"#)?.error?.code == "bad_member")
        #expect(try give("support-set/activate", #"{"lines":"tray"}"#)?.error?.code == "bad_member")
        #expect(
            try Hook.waits(atMost: .seconds(10)) {
                (try listener.objects("tray/support-set").last?["active"] as? [String: Any])?["by"] as? String
                    == "rollback"
            })
        // Verdicts change from set to set once, in their order.
        let versions = try listener.objects("tray/verdict").compactMap { verdict in
            (verdict["support_set"] as? [String: Any])?["version"] as? String
        }
        let turns = zip(versions, versions.dropFirst()).filter { $0 != $1 }.map { "\($0)→\($1)" }
        #expect(turns == ["1→2", "2→1"])
        let codes = try listener.objects("event").compactMap { $0["code"] as? String }
        for code in ["set_refused", "set_prepared", "set_activated", "set_rolled_back"] {
            #expect(codes.contains(code))
        }
        plant.stop()
        #expect(await running.station.stop())
        let said = listener.messages.filter { !$0.topic.contains("/command/") || $0.topic.hasSuffix("/result") }
        #expect(try SchemaValidator.problems(in: said.map(\.payload).filter { !$0.isEmpty }) == [])
    }
}
