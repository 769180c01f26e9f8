import AssayTestSupport
import Foundation
import Publishing
import Testing

/// What a plant's network does to a station, on a real broker.
@Suite(.serialized)
struct BrokerFaultTests {
    private func ear(_ port: UInt16) async throws -> Ear {
        let ear = try Ear(port: port, filters: ["assay/v1/press-4/#"])
        try await eventually("the subscriber is there") { ear.subscriptionCount > 0 }
        return ear
    }

    /// Both ends believe in the connection, and nothing comes through.
    @Test func aHalfOpenConnectionIsGivenUpAndNothingIsLost() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let ear = try await ear(broker.port)
        let stage = try Stage(port: relay.port)
        try stage.publisher.start()
        try await eventually("the birth arrives") { try stage.statuses(ear).count == 1 }
        relay.stall()
        stage.publish(30)
        try await eventually("given up by the keep-alive", within: .seconds(30)) { !stage.publisher.isConnected }
        // The stalled wires go, new ones stand.
        relay.cut()
        try await eventually("all arrive", within: .seconds(40)) {
            try Set(stage.deliveries(ear).map(\.sequence)) == Set(1...30)
        }
        try await eventually("all acknowledged") { stage.publisher.counters.acknowledged == 30 }
        #expect(stage.publisher.counters.dropped == 0)
        #expect(stage.publisher.secondWriter == nil)
        _ = await stage.publisher.stop()
    }

    @Test func aPauseShorterThanTheKeepAliveCostsNothing() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let ear = try await ear(broker.port)
        let stage = try Stage(port: relay.port)
        try stage.publisher.start()
        try await eventually("the birth arrives") { try stage.statuses(ear).count == 1 }
        relay.stall()
        let start = ContinuousClock.now
        stage.publish(200)
        #expect(ContinuousClock.now - start < .seconds(2), "no call waits for the network")
        try await eventually("a while has passed") { ContinuousClock.now - start > .seconds(2) }
        relay.mend()
        try await eventually("all arrive") { try stage.deliveries(ear).count == 200 }
        #expect(try stage.deliveries(ear).map(\.sequence) == Array(1...200))
        #expect(stage.publisher.counters.connections == 1)
        _ = await stage.publisher.stop()
    }

    /// A subscriber that does not read is the broker's to deal with: neither the station nor others notice.
    @Test func aSlowConsumerHoldsUpNobody() async throws {
        let broker = try MosquittoBroker(extraLines: ["max_queued_messages 20", "max_inflight_messages 5"])
        let slowWire = try LoopbackRelay(to: broker.port)
        let slow = try Ear(port: slowWire.port, filters: ["assay/v1/press-4/#"])
        try await eventually("the slow one is there") { slow.subscriptionCount > 0 }
        slowWire.stall()
        let stage = try Stage(port: broker.port)
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        stage.publish(400)
        try await eventually("all acknowledged") { stage.publisher.counters.acknowledged == 400 }
        #expect(stage.publisher.counters.dropped == 0)
        #expect(stage.publisher.counters.connections == 1)
        #expect(try stage.deliveries(slow).isEmpty)
        slow.stop()
        _ = await stage.publisher.stop()
    }

    /// The broker says with MQTT 5 how much it takes, so what is too long is never sent and the connection stands.
    @Test func aMessageTooLongForTheBrokerIsDroppedAndTold() async throws {
        let broker = try MosquittoBroker(extraLines: ["max_packet_size 6000"])
        let ear = try await ear(broker.port)
        let stage = try Stage(port: broker.port)
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        let small = Specimens.verdict(stage.line, Specimens.fail(findingCount: 0))
        let large = Specimens.verdict(stage.line, Specimens.fail(findingCount: 60))
        #expect(small.json().count < 5000 && large.json().count > 10_000)
        stage.publisher.publish(small, line: stage.line)
        stage.publisher.publish(large, line: stage.line)
        stage.publisher.publish(small, line: stage.line)
        _ = stage.publisher.publishOverlay(Array(repeating: 0xFF, count: 50_000), line: stage.line)
        try await eventually("the others arrive") { try stage.deliveries(ear).count == 2 }
        let deliveries = try stage.deliveries(ear)
        #expect(deliveries.map(\.sequence) == [1, 3])
        #expect(deliveries.map(\.droppedBefore) == [0, 1])
        try await eventually("the overlay is refused too") {
            stage.notices.filter { $0 == .messageRefused }.count == 2
        }
        #expect(stage.publisher.counters.dropped == 1)
        #expect(stage.publisher.counters.connections == 1)
        #expect(ear.messages(on: stage.topics.overlay(stage.line)).isEmpty)
        _ = await stage.publisher.stop()
    }

    /// MQTT 5 lets the station say how much it takes: the broker keeps the rest, and the connection stands.
    @Test func aCommandOfMegabytesDoesNotReachTheStation() async throws {
        let broker = try MosquittoBroker()
        let ear = try await ear(broker.port)
        let stage = try Stage(port: broker.port, commands: [.inspect])
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        let topic = "assay/v1/press-4/command/inspect"
        let sender = try Sender(port: broker.port)
        sender.send(topic, String(repeating: "x", count: 3 << 20))
        sender.send(topic, String(repeating: "y", count: 100_000))
        try await eventually("both were sent") { ear.messages(on: topic).count == 2 }
        try await eventually("a command comes") { stage.notices.contains(.commandCame) }
        let command = try #require(stage.publisher.takeCommand())
        #expect(command.message.payload.count == CommandRequest.byteLimit + 1)
        #expect(command.message.payload.first == UInt8(ascii: "y"))
        #expect(stage.publisher.takeCommand() == nil)
        #expect(stage.publisher.counters.connections == 1)
        _ = await stage.publisher.stop()
    }

    @Test func aBrokerThatLostEverythingRetainedIsToldAgain() async throws {
        let broker = try MosquittoBroker()
        let stage = try Stage(port: broker.port, homeAssistantPrefix: "homeassistant")
        stage.publisher.update(Specimens.supportSetMessage(stage.line))
        stage.publisher.update(Specimens.camera(stage.line))
        stage.publisher.update(Specimens.health(stage.line))
        try stage.publisher.start()
        let topics = stage.topics
        let expected: Set = [
            topics.status, topics.health, topics.camera(stage.line), topics.supportSet(stage.line),
            "homeassistant/device/assay_press-4/config",
        ]
        for round in 1...2 {
            try await eventually("connected, round \(round)", within: .seconds(30)) {
                stage.publisher.counters.connections == UInt64(round)
            }
            let late = try Ear(port: broker.port, filters: ["assay/v1/press-4/#", "homeassistant/#"])
            try await eventually("everything retained is there") { Set(late.messages.map(\.topic)) == expected }
            try await eventually("and nothing was retained before the birth") {
                try stage.statuses(late).allSatisfy { $0.state == .online }
            }
            late.stop()
            // Nothing is kept on disk, so the broker comes back empty.
            if round == 1 { try broker.restart() }
        }
        _ = await stage.publisher.stop()
    }

    /// Waiting proves nothing: a day's worth of attempts, without the day.
    @Test func afterADayOfAttemptsTheNextOneIsStillAtMostHalfAMinuteAway() {
        var backoff = Backoff()
        var random = SeededGenerator(seed: 11)
        var passed = Duration.zero
        var delays: [Duration] = []
        while passed < .seconds(86_400) {
            let delay = backoff.next(random: Double.random(in: 0..<1, using: &random))
            passed += delay
            delays.append(delay)
        }
        let settled = delays.dropFirst(7)
        #expect(settled.allSatisfy { $0 >= .seconds(15) && $0 <= .seconds(30) })
        #expect(settled.count > 2880 && Set(settled).count > settled.count / 2, "jittered")
    }
}
