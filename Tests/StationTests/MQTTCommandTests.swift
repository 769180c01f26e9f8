import AssayTestSupport
import Foundation
import Publishing
import Station
import Testing
import Verdicts

/// Commands over a real broker to a whole station.
@Suite(.serialized) struct MQTTCommandTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker

    init() throws {
        folder = try TemporaryFolder()
        broker = try MosquittoBroker()
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
    }

    private func yaml(_ mqtt: String, lease: Int = 10) throws -> StationYAML {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        return StationYAML(
            broker: "{host: 127.0.0.1, port: \(broker.port), interval_s: \(lease)\(mqtt)}",
            lines: [
                "tray":
                    "camera: {replay: \"\(pattern)\", rate: 20}, support_set: \(folder.file("set")), deadline_ms: 5000, trigger: {mode: command}"
            ])
    }

    private func start(_ mqtt: String = ", commands: true, allow: [inspect, reload]") throws -> (RunningStation, Plant)
    {
        let running = try RunningStation(try yaml(mqtt), in: folder)
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        #expect(Hook.waits(atMost: .seconds(10)) { running.station.statusReport.broker.connected })
        let plant = try Plant(
            port: broker.port, filters: ["assay/v1/box/command/+/result", "plant/#", "assay/v1/box/+/verdict"])
        #expect(Hook.waits(atMost: .seconds(10)) { plant.isListening })
        return (running, plant)
    }

    private func answers(_ plant: Plant, on topic: String) throws -> [[String: Any]] {
        try plant.heard.filter { $0.topic == topic }.map {
            try JSONSerialization.jsonObject(with: Data($0.payload)) as? [String: Any] ?? [:]
        }
    }

    private func code(_ answer: [String: Any]?) -> String? { (answer?["error"] as? [String: Any])?["code"] as? String }

    private static let usual = "assay/v1/box/command/inspect/result"

    @Test func theAnswerGoesWhereTheSenderWaitsWithItsCorrelationAndTheMetadata() async throws {
        let (running, plant) = try start()
        let metadata = #"{"order":12345678901234567890,"x":[1.50]}"#
        let correlation: [UInt8] = [0, 1, 255, 42]
        plant.send(
            "inspect", Array(#"{"line":"tray","metadata":\#(metadata)}"#.utf8),
            properties: MQTTProperties(responseTopic: "plant/answers/7", correlation: correlation))
        #expect(Hook.waits(atMost: .seconds(10)) { plant.heard.contains { $0.topic == "plant/answers/7" } })
        let answer = try #require(plant.heard.first { $0.topic == "plant/answers/7" })
        #expect(answer.properties.correlation == correlation && !answer.isRetained)
        #expect(String(decoding: answer.payload, as: UTF8.self).contains(#""metadata":\#(metadata),"#))
        #expect(Hook.waits(atMost: .seconds(10)) { plant.heard.contains { $0.topic.hasSuffix("/verdict") } })
        let verdict = try #require(plant.heard.first { $0.topic.hasSuffix("/verdict") })
        let published = try JSONDecoder().decode(VerdictMessage.self, from: Data(verdict.payload))
        let answered = try JSONSerialization.jsonObject(with: Data(answer.payload)) as? [String: Any]
        let inside = answered?["verdict"] as? [String: Any]
        #expect(inside?["id"] as? String == published.id && inside?["seq"] as? Int == 1)
        #expect(published.trigger == .command)
        #expect(try SchemaValidator.problems(in: plant.heard.map(\.payload)) == [])
        plant.stop()
        #expect(await running.station.stop())
    }

    @Test func withoutAResponseTopicItGoesToTheResultAndNeverIntoTheStationsOwnTopics() async throws {
        let (running, plant) = try start()
        plant.send("inspect", Array(#"{"line":"tray","id":"1"}"#.utf8))
        plant.send(
            "inspect", Array(#"{"line":"tray","id":"2"}"#.utf8),
            properties: MQTTProperties(responseTopic: "assay/v1/box/tray/verdict"))
        #expect(try Hook.waits(atMost: .seconds(10)) { try answers(plant, on: Self.usual).count == 2 })
        #expect(Set(try answers(plant, on: Self.usual).compactMap { $0["id"] as? String }) == ["1", "2"])
        plant.stop()
        #expect(await running.station.stop())
    }

    @Test func aRepeatedIdIsAnsweredTheSameAndJudgesNothing() async throws {
        let (running, plant) = try start()
        for _ in 0..<3 { plant.send("inspect", Array(#"{"line":"tray","id":"A"}"#.utf8)) }
        #expect(try Hook.waits(atMost: .seconds(10)) { try answers(plant, on: Self.usual).count == 3 })
        #expect(Set(plant.heard.filter { $0.topic == Self.usual }.map(\.payload)).count == 1)
        #expect(try running.line("tray")?.counts.judged == 1)
        plant.stop()
        #expect(await running.station.stop())
    }

    @Test func whatIsWrongIsAnsweredWithWhatIsWrong() async throws {
        let (running, plant) = try start()
        let wrongs: [([UInt8], String)] = [
            (Array("inspect!".utf8), "malformed"), (Array("[]".utf8), "malformed"), ([0xFF, 0xFE], "malformed"),
            (Array(String(repeating: "[", count: 60_000).utf8), "malformed"), ([], "malformed"),
            ([UInt8](repeating: 0x20, count: 200_000), "too_large"),
            (Array(#"{"line":"press"}"#.utf8), "unknown_line"), (Array(#"{"line":7}"#.utf8), "bad_member"),
            (Array(#"{"line":"tray","sent_at":"2020-01-01T00:00:00Z"}"#.utf8), "stale"),
        ]
        for (place, (payload, expected)) in wrongs.enumerated() {
            plant.send("inspect", payload)
            #expect(try Hook.waits(atMost: .seconds(10)) { try answers(plant, on: Self.usual).count == place + 1 })
            #expect(code(try answers(plant, on: Self.usual).last) == expected)
        }
        #expect(try running.line("tray")?.counts.judged == 0)
        #expect(try SchemaValidator.problems(in: plant.heard.map(\.payload)) == [])
        plant.stop()
        #expect(await running.station.stop())
    }

    @Test func aRetainedCommandIsRefusedAlsoWhileTheStationListens() async throws {
        let (running, plant) = try start()
        plant.send("inspect", Array(#"{"line":"tray"}"#.utf8), isRetained: true)
        #expect(try Hook.waits(atMost: .seconds(10)) { try answers(plant, on: Self.usual).count == 1 })
        #expect(code(try answers(plant, on: Self.usual).last) == "retained")
        plant.send("inspect", [], isRetained: true)
        plant.send("inspect", Array(#"{"line":"tray"}"#.utf8))
        #expect(try Hook.waits(atMost: .seconds(10)) { try answers(plant, on: Self.usual).count == 2 })
        #expect(try answers(plant, on: Self.usual).last?["ok"] as? Bool == true)
        plant.stop()
        #expect(await running.station.stop())
    }

    @Test func aFloodIsAnsweredMessageByMessageWithinItsBounds() async throws {
        let (running, plant) = try start()
        running.model.behave(.hangs)
        for _ in 0..<40 { plant.send("inspect", Array(#"{"line":"tray","deadline_ms":1500}"#.utf8)) }
        #expect(try Hook.waits(atMost: .seconds(15)) { try answers(plant, on: Self.usual).count == 40 })
        running.model.behave(.answers)
        let all = try answers(plant, on: Self.usual)
        let reasons = all.compactMap { (($0["verdict"] as? [String: Any])?["reasons"] as? [String])?.first }
        let busy = all.compactMap { code($0) }
        #expect(reasons.count + busy.count == 40 && busy.allSatisfy { $0 == "busy" })
        // No more than the capacity waits: those beyond it are told at once.
        #expect(reasons.count { $0 == "overload" } + busy.count >= 40 - TriggerQueue.capacity)
        plant.stop()
        _ = await running.station.stop()
    }

    @Test func onlyWhatIsAllowedIsHeard() async throws {
        let (running, plant) = try start(", commands: true")
        plant.send("reload", Array("{}".utf8))
        plant.send("inspect", Array(#"{"line":"tray"}"#.utf8))
        #expect(try Hook.waits(atMost: .seconds(10)) { try answers(plant, on: Self.usual).count == 1 })
        #expect(try answers(plant, on: "assay/v1/box/command/reload/result").isEmpty)
        plant.stop()
        #expect(await running.station.stop())
    }

    @Test func aReloadOverMQTTSaysWhatItDidAndTheLeaseIsLive() async throws {
        let (running, plant) = try start()
        let listener = try Listener(port: broker.port)
        try running.rewrite(try yaml(", commands: true, allow: [inspect, reload]", lease: 3))
        plant.send("reload", Array(#"{"id":"r"}"#.utf8))
        let topic = "assay/v1/box/command/reload/result"
        #expect(try Hook.waits(atMost: .seconds(20)) { try answers(plant, on: topic).count == 1 })
        let outcome = try #require(try answers(plant, on: topic).first?["reload"] as? [String: Any])
        #expect(outcome["changed"] as? [String] == ["mqtt.interval_s"])
        #expect(outcome["restart_needed"] as? [String] == [])
        #expect(
            try Hook.waits(atMost: .seconds(10)) {
                try (listener.objects("status").last?["lease"] as? [String: Any])?["interval_s"] as? Int == 3
            })
        plant.stop()
        #expect(await running.station.stop())
    }
}
