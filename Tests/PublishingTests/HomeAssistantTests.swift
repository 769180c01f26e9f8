import AssayTestSupport
import Foundation
import Publishing
import Testing

/// What Home Assistant is told, on a real broker.
@Suite(.serialized)
struct HomeAssistantTests {
    private static let topic = "homeassistant/device/assay_press-4/config"

    private func stage(_ broker: MosquittoBroker, lines: [String] = ["tray"]) throws -> Stage {
        let stage = try Stage(port: broker.port, homeAssistantPrefix: "homeassistant")
        stage.publisher.updateStatus(lines: try lines.map { LineStatus(try LineName($0), .judging) })
        return stage
    }

    private func ear(_ broker: MosquittoBroker) async throws -> Ear {
        let ear = try Ear(port: broker.port, filters: ["homeassistant/#", "assay/v1/press-4/#"])
        try await eventually("the subscriber is there") { ear.subscriptionCount == 2 }
        return ear
    }

    /// The components of each announcement, oldest first.
    private func announcements(_ ear: Ear) throws -> [[String: [String: Any]]] {
        try ear.messages(on: Self.topic).map { message in
            let object = try JSONSerialization.jsonObject(with: Data(message.payload)) as? [String: Any]
            return try #require(object?["components"] as? [String: [String: Any]])
        }
    }

    private static func keys(of line: String) -> Set<String> {
        let parts = ["decision", "score", "problem", "objects_seen", "objects_expected", "frames", "camera", "state"]
        return Set(parts.map { "\(line)_\($0)" })
    }

    @Test func aStationIsAnnouncedOnceAndRetained() async throws {
        let broker = try MosquittoBroker()
        let ear = try await ear(broker)
        let stage = try stage(broker)
        try stage.publisher.start()
        try await eventually("announced") { try announcements(ear).count == 1 }
        // The same lines in another state are no news.
        stage.publisher.updateStatus(lines: [LineStatus(stage.line, .waiting, reason: "camera_lost")])
        try await eventually("degraded") { try stage.statuses(ear).contains { $0.state == .degraded } }
        let announced = try announcements(ear)
        #expect(announced.count == 1)
        #expect(Set(announced[0].keys) == Self.keys(of: "tray").union(["degraded"]))
        #expect(announced[0]["tray_problem"]?["platform"] as? String == "binary_sensor")
        #expect(announced[0]["tray_frames"]?["state_topic"] as? String == stage.topics.health)
        #expect(try SchemaValidator.problems(in: ear.messages(on: Self.topic).map(\.payload)) == [])
        let late = try await self.ear(broker)
        try await eventually("retained") { late.messages(on: Self.topic).first?.isRetained == true }
        _ = await stage.publisher.stop()
    }

    @Test func withoutTheSettingNothingIsAnnounced() async throws {
        let broker = try MosquittoBroker()
        let ear = try await ear(broker)
        let stage = try Stage(port: broker.port)
        try stage.publisher.start()
        try await eventually("the birth arrives") { try stage.statuses(ear).count == 1 }
        _ = await stage.publisher.stop()
        #expect(ear.messages(on: Self.topic).isEmpty)
    }

    @Test func everythingComesAgainWhenHomeAssistantIsBorn() async throws {
        let broker = try MosquittoBroker()
        let stage = try stage(broker)
        stage.publisher.update(Specimens.camera(stage.line))
        try stage.publisher.start()
        let ear = try await ear(broker)
        try await eventually("announced") { try announcements(ear).count == 1 }
        // Retained on the broker or published while the ear is there: it comes once either way, but not at once.
        try await eventually("the camera") { !ear.messages(on: stage.topics.camera(stage.line)).isEmpty }
        let before = ear.messages(on: stage.topics.camera(stage.line)).count
        let sender = try Sender(port: broker.port)
        sender.send("homeassistant/status", "offline")
        sender.send("homeassistant/status", "online")
        try await eventually("announced again") { try announcements(ear).count == 2 }
        try await eventually("the camera too") {
            ear.messages(on: stage.topics.camera(stage.line)).count == before + 1
        }
        _ = await stage.publisher.stop()
    }

    @Test func aRemovedLineIsToldToBeForgotten() async throws {
        let broker = try MosquittoBroker()
        let ear = try await ear(broker)
        let stage = try stage(broker, lines: ["tray", "lid"])
        try stage.publisher.start()
        try await eventually("announced") { try announcements(ear).count == 1 }
        stage.publisher.updateStatus(lines: [LineStatus(stage.line, .judging)])
        try await eventually("announced again") { try announcements(ear).count == 2 }
        let components = try announcements(ear)[1]
        for key in Self.keys(of: "lid") { #expect(components[key].map { Set($0.keys) } == ["platform"], "\(key)") }
        #expect(components["tray_score"]?["unique_id"] as? String == "assay_press-4_tray_score")
        stage.publisher.updateStatus(lines: [LineStatus(try LineName("lid"), .judging)])
        try await eventually("the line is back") { try announcements(ear).count == 3 }
        #expect(try announcements(ear)[2]["lid_score"]?["unique_id"] != nil)
        #expect(try SchemaValidator.problems(in: ear.messages(on: Self.topic).map(\.payload)) == [])
        _ = await stage.publisher.stop()
    }

    @Test func aLineOfAnEarlierRunIsToldToBeForgotten() async throws {
        let broker = try MosquittoBroker()
        let old = try stage(broker, lines: ["tray", "lid"])
        try old.publisher.start()
        let ear = try await ear(broker)
        try await eventually("announced") { try announcements(ear).count == 1 }
        _ = await old.publisher.stop()
        let new = try stage(broker)
        try new.publisher.start()
        try await eventually("the old line is gone") {
            try announcements(ear).last?["lid_score"].map { Set($0.keys) } == ["platform"]
        }
        _ = await new.publisher.stop()
        let newest = try stage(broker)
        try newest.publisher.start()
        try await eventually("once is enough") { try announcements(ear).last?["lid_score"] == nil }
        _ = await newest.publisher.stop()
    }

    @Test func aStationThatIsNoLongerAnnouncedTakesItsAnnouncementBack() async throws {
        let broker = try MosquittoBroker()
        let old = try stage(broker)
        try old.publisher.start()
        let ear = try await ear(broker)
        try await eventually("announced") { try announcements(ear).count == 1 }
        _ = await old.publisher.stop()
        for _ in 1...2 {
            let new = try Stage(port: broker.port, formerHomeAssistantPrefix: "homeassistant")
            try new.publisher.start()
            new.publish(1)
            try await eventually("it works") { new.publisher.counters.acknowledged == 1 }
            try await eventually("taken back") { ear.messages(on: Self.topic).count == 2 }
            _ = await new.publisher.stop()
        }
        #expect(ear.messages(on: Self.topic).last?.payload == [], "once")
        let late = try await self.ear(broker)
        try await eventually("a birth") { !late.messages.isEmpty }
        #expect(late.messages(on: Self.topic).isEmpty)
    }

    @Test func whatSomeoneElseAnnouncedThereIsNotTakenBack() async throws {
        let broker = try MosquittoBroker()
        let sender = try Sender(port: broker.port)
        let theirs = #"{"device": {"identifiers": ["assay_press-4"]}, "origin": {"name": "other"}, "components": {}}"#
        sender.send(Self.topic, theirs, isRetained: true)
        let ear = try await ear(broker)
        try await eventually("it is there") { ear.messages(on: Self.topic).count == 1 }
        let stage = try Stage(port: broker.port, formerHomeAssistantPrefix: "homeassistant")
        try stage.publisher.start()
        stage.publish(1)
        try await eventually("it works") { stage.publisher.counters.acknowledged == 1 }
        _ = await stage.publisher.stop()
        #expect(ear.messages(on: Self.topic).count == 1)
    }

    @Test(arguments: [
        "rubbish", "{}", #"{"components": 3}"#, #"{"components": {"evil": {"platform": "sensor"}}}"#,
        #"{"components": {"x_score": {"platform": "lock", "unique_id": "assay_press-4_x_score"}}}"#,
        #"{"components": {"../x_score": {"platform": "sensor", "unique_id": "assay_press-4_../x_score"}}}"#,
        #"{"components": {"x_score": {"platform": "sensor", "unique_id": "someone_elses"}}}"#,
    ])
    func whatSomeoneElseLeftThereIsOverwritten(text: String) async throws {
        let broker = try MosquittoBroker()
        let sender = try Sender(port: broker.port)
        sender.send(Self.topic, text, isRetained: true)
        let ear = try await ear(broker)
        try await eventually("it is there") { !ear.messages(on: Self.topic).isEmpty }
        let stage = try stage(broker)
        try stage.publisher.start()
        try await eventually("announced") { ear.messages(on: Self.topic).count == 2 }
        _ = await stage.publisher.stop()
        let last = try #require(ear.messages(on: Self.topic).last)
        #expect(try SchemaValidator.problems(in: [last.payload]) == [])
        #expect(!String(decoding: last.payload, as: UTF8.self).contains("x_score"))
    }
}
