import AssayTestSupport
import Foundation
import Publishing
import Testing

/// Messages that a broker of MQTT 3.1.1 never takes: it has no word for that but the end of the connection.
@Suite(.serialized) struct OversizeTests {
    private let broker: MosquittoBroker
    private let old: LoopbackRelay

    init() throws {
        broker = try MosquittoBroker(extraLines: ["max_packet_size 6000"])
        old = try LoopbackRelay(to: broker.port, knowsMQTT5: false)
    }

    private func ear() async throws -> Ear {
        let ear = try Ear(port: broker.port, filters: ["assay/v1/press-4/#"])
        try await eventually("the subscriber is there") { ear.subscriptionCount > 0 }
        return ear
    }

    private func publish(_ stage: Stage, findings: Int = 0) {
        stage.publisher.publish(Specimens.verdict(stage.line, Specimens.fail(findingCount: findings)), line: stage.line)
    }

    private func isGivenUp(_ stage: Stage, _ topic: String) -> Bool {
        stage.notices.contains { if case .messageGivenUp(topic, _) = $0 { true } else { false } }
    }

    @Test func aVerdictTooLongIsGivenUpAndAnnouncedByTheNext() async throws {
        let ear = try await ear()
        let stage = try Stage(port: old.port)
        try stage.publisher.start()
        publish(stage)
        try await eventually("the first arrives") { stage.publisher.counters.acknowledged == 1 }
        publish(stage, findings: 60)
        try await eventually("given up", within: .seconds(40)) { stage.publisher.counters.dropped == 1 }
        publish(stage)
        try await eventually("the next arrives", within: .seconds(40)) { try stage.deliveries(ear).count == 2 }
        let deliveries = try stage.deliveries(ear)
        #expect(deliveries.map(\.sequence) == [1, 3])
        #expect(deliveries.map(\.droppedBefore) == [0, 1])
        #expect(isGivenUp(stage, stage.topics.verdict(stage.line)))
        #expect(stage.publisher.secondWriter == nil, "no other client is suspected of it")
        // The first break, and those at this message alone.
        #expect(stage.publisher.counters.connections == UInt64(Caution.mostBreaks) + 2)
        _ = await stage.publisher.stop()
    }

    @Test func amongOthersItIsFoundAndTheyAllArrive() async throws {
        let ear = try await ear()
        let stage = try Stage(port: old.port)
        for findings in [0, 0, 60, 0, 0, 60, 0] { publish(stage, findings: findings) }
        try stage.publisher.start()
        try await eventually("both are given up", within: .seconds(80)) { stage.publisher.counters.dropped == 2 }
        publish(stage)
        try await eventually("the rest arrives", within: .seconds(40)) { stage.publisher.counters.acknowledged == 6 }
        let sequences = try stage.deliveries(ear).map(\.sequence)
        #expect(Set(sequences) == [1, 2, 4, 5, 7, 8])
        // Those on their way with it cannot announce it any more; later ones do.
        #expect(try Set(stage.deliveries(ear).map { [$0.sequence, $0.droppedBefore] }).map { $0[1] }.reduce(0, +) == 2)
        _ = await stage.publisher.stop()
    }

    @Test func anOverlayTooLongDoesNotEndConnectionsForEver() async throws {
        let stage = try Stage(port: old.port)
        try stage.publisher.start()
        let jpeg = [UInt8](repeating: 0xFF, count: 50_000)
        try await eventually("given up", within: .seconds(60)) {
            _ = stage.publisher.publishOverlay(jpeg, line: stage.line)
            return isGivenUp(stage, stage.topics.overlay(stage.line))
        }
        try await eventually("connected", within: .seconds(40)) { stage.publisher.isConnected }
        let connections = stage.publisher.counters.connections
        #expect(!stage.publisher.publishOverlay(jpeg, line: stage.line))
        publish(stage)
        try await eventually("a verdict arrives") { stage.publisher.counters.acknowledged == 1 }
        #expect(stage.publisher.counters.connections == connections && stage.publisher.counters.dropped == 0)
        _ = await stage.publisher.stop()
    }

    @Test func aRetainedMessageTooLongBlocksNothing() async throws {
        let stage = try Stage(port: old.port, homeAssistantPrefix: "homeassistant")
        stage.publisher.updateStatus(lines: try (1...20).map { LineStatus(try LineName("line\($0)"), .judging) })
        publish(stage)
        try stage.publisher.start()
        try await eventually("the verdict arrives", within: .seconds(60)) { stage.publisher.counters.acknowledged == 1 }
        #expect(isGivenUp(stage, "homeassistant/device/assay_press-4/config"))
        #expect(stage.publisher.counters.dropped == 0)
        _ = await stage.publisher.stop()
    }

    /// Cut off again and again in the middle of its work, with messages under way each time.
    @Test func aWireThatBreaksAgainAndAgainLosesNothing() async throws {
        let ear = try await ear()
        let stage = try Stage(port: old.port)
        try stage.publisher.start()
        for round in 1...6 {
            try await eventually("connected", within: .seconds(40)) {
                stage.publisher.counters.connections >= UInt64(round)
            }
            for _ in 0..<100 { publish(stage) }
            old.cut()
        }
        try await eventually("all arrive", within: .seconds(60)) { stage.publisher.counters.acknowledged == 600 }
        #expect(stage.publisher.counters.dropped == 0)
        #expect(try Set(stage.deliveries(ear).map(\.sequence)) == Set(1...600))
        _ = await stage.publisher.stop()
    }

    /// `message_size_limit` has mosquitto answer instead: with MQTT 5 that it is too long.
    @Test func aBrokerThatAnswersThatItIsTooLongIsBelievedAtOnce() async throws {
        let broker = try MosquittoBroker(extraLines: ["message_size_limit 6000"])
        let stage = try Stage(port: broker.port)
        try stage.publisher.start()
        publish(stage, findings: 60)
        publish(stage)
        try await eventually("refused") { stage.publisher.counters.dropped == 1 }
        try await eventually("the other arrives") { stage.publisher.counters.acknowledged == 1 }
        #expect(stage.publisher.counters.connections == 1)
        _ = await stage.publisher.stop()
    }
}
