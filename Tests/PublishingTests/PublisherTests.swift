import AssayTestSupport
import Foundation
import Publishing
import Testing
import Verdicts

/// A real broker, a real publisher, a real subscriber.
@Suite(.serialized)
struct PublisherTests {
    private func listening(_ port: UInt16, _ filter: String = "assay/v1/press-4/#") async throws -> Ear {
        let ear = try Ear(port: port, filters: [filter])
        try await eventually("the subscriber is there") { ear.subscriptionCount > 0 }
        return ear
    }

    @Test func birthComesFirstAndOfflineLastOnOneTopicWithOneFlag() async throws {
        let broker = try MosquittoBroker()
        let ear = try await listening(broker.port)
        let stage = try Stage(port: broker.port)
        stage.publish(3)
        stage.publisher.publish(Specimens.event())
        try stage.publisher.start()
        try await eventually("all verdicts arrive") { try stage.deliveries(ear).count == 3 }
        let end = await stage.publisher.stop()
        #expect(end.isAcknowledged)
        #expect(end.counters.acknowledged == 4)
        #expect(end.counters.queued == 0)
        try await eventually("the goodbye arrives") { ear.messages.last?.topic == stage.topics.status }
        #expect(ear.messages.first?.topic == stage.topics.status)
        #expect(try stage.statuses(ear).map(\.state) == [.online, .offline])
        #expect(try stage.statuses(ear).map(\.reason) == [nil, "stopped"])
        #expect(try stage.statuses(ear).map(\.lease.sequence) == [1, 2])
        #expect(ear.messages(on: stage.topics.status).allSatisfy { $0.qualityOfService == .atLeastOnce })

        let late = try await listening(broker.port)
        try await eventually("the goodbye is retained") { late.messages(on: stage.topics.status).count == 1 }
        #expect(late.messages.allSatisfy { $0.isRetained })
        #expect(late.messages.count == 1)
    }

    @Test func theWillIsTheStatusOfAClientThatVanished() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let ear = try await listening(broker.port)
        let stage = try Stage(port: relay.port)
        try stage.publisher.start()
        try await eventually("the birth arrives") { try stage.statuses(ear).map(\.state) == [.online] }
        relay.cut()
        try await eventually("the will, then another birth") {
            try stage.statuses(ear).map(\.state) == [.online, .offline, .online]
        }
        let statuses = try stage.statuses(ear)
        #expect(statuses[1].reason == "connection_lost")
        #expect(statuses.allSatisfy { $0.lease.boot == Specimens.boot })
        #expect(ear.messages(on: stage.topics.status).allSatisfy { $0.qualityOfService == .atLeastOnce })
        #expect(try SchemaValidator.problems(in: ear.messages.map(\.payload)) == [])
        _ = await stage.publisher.stop()
    }

    @Test func theWillIsRetained() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let stage = try Stage(port: relay.port)
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        relay.cut(forGood: true)
        try await eventually("the loss is seen") { !stage.publisher.isConnected }
        let late = try await listening(broker.port, stage.topics.status)
        try await eventually("a status is retained") { !late.messages.isEmpty }
        #expect(late.messages[0].isRetained)
        #expect(try stage.statuses(late).map(\.state) == [.offline])
        #expect(try stage.statuses(late).map(\.reason) == ["connection_lost"])
        _ = await stage.publisher.stop()
    }

    @Test func theLeaseIsRenewed() async throws {
        let broker = try MosquittoBroker()
        let ear = try await listening(broker.port)
        let stage = try Stage(port: broker.port, leaseInterval: .milliseconds(50))
        try stage.publisher.start()
        try await eventually("five leases") { try stage.statuses(ear).count >= 5 }
        let statuses = try stage.statuses(ear)
        #expect(statuses.prefix(5).map(\.lease.sequence) == [1, 2, 3, 4, 5])
        #expect(statuses[0].lease.interval == 0.05)
        _ = await stage.publisher.stop()
    }

    @Test func afterABrokersRestartTheRetainedComesAgainAndNoVerdictIsLost() async throws {
        let broker = try MosquittoBroker()
        let stage = try Stage(port: broker.port)
        stage.publisher.update(Specimens.supportSetMessage(stage.line))
        stage.publisher.update(Specimens.camera(stage.line))
        stage.publisher.update(Specimens.health(stage.line))
        try stage.publisher.start()
        let ear = try await listening(broker.port)
        stage.publish(5)
        try await eventually("the first verdicts") { try stage.deliveries(ear).count == 5 }

        broker.kill()
        try await eventually("the loss is seen") { !stage.publisher.isConnected }
        stage.publish(50)
        stage.publisher.publish(Specimens.event())
        #expect(!stage.publisher.publishOverlay([1, 2, 3], line: stage.line))
        #expect(stage.publisher.counters.queued == 51)
        // The subscriber may come back after the station, so the acknowledgements are what is counted.
        try broker.start()
        try await eventually("the verdicts arrive", within: .seconds(40)) { stage.publisher.counters.queued == 0 }
        stage.publish(1)
        try await eventually("a verdict of the new connection") { stage.publisher.counters.queued == 0 }

        let late = try await listening(broker.port)
        try await eventually("everything retained is there") { late.messages.count == 4 }
        #expect(late.messages.allSatisfy { $0.isRetained })
        let topics = Set(late.messages.map(\.topic))
        let line = stage.line
        #expect(
            topics == [
                stage.topics.status, stage.topics.supportSet(line), stage.topics.camera(line), stage.topics.health,
            ])
        #expect(stage.publisher.counters.acknowledged == 57)
        #expect(stage.publisher.counters.dropped == 0)
        _ = await stage.publisher.stop()
    }

    @Test func lateVerdictsArriveInOrderAndSayThatTheyAreLate() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let ear = try await listening(broker.port)
        let stage = try Stage(port: relay.port)
        stage.publish(40)
        try stage.publisher.start()
        try await eventually("the early ones") { try stage.deliveries(ear).count == 40 }
        stage.publish(2)
        try await eventually("two more") { try stage.deliveries(ear).count == 42 }
        // A verdict whose acknowledgement the cut swallows would come twice.
        try await eventually("their acknowledgements") { stage.publisher.counters.queued == 0 }
        relay.cut(forGood: true)
        try await eventually("the loss is seen") { !stage.publisher.isConnected }
        stage.publish(30)
        relay.mend()
        try await eventually("all") { try Set(stage.deliveries(ear).map(\.sequence)).count == 72 }
        let deliveries = try stage.deliveries(ear)
        #expect(deliveries.map(\.sequence) == Array(1...72))
        #expect(deliveries.prefix(40).allSatisfy { $0.isHistorical })
        #expect(!deliveries[40].isHistorical && !deliveries[41].isHistorical)
        #expect(deliveries.allSatisfy { $0.droppedBefore == 0 })
        #expect(deliveries[42...].allSatisfy { $0.isHistorical })
        #expect(try SchemaValidator.problems(in: ear.messages.map(\.payload)) == [])
        _ = await stage.publisher.stop()
    }

    @Test func throughACutAtAnyMomentNothingIsLostAndRepeatsAreIdentical() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let ear = try await listening(broker.port)
        let stage = try Stage(port: relay.port)
        try stage.publisher.start()
        for round in 0..<6 {
            stage.publish(40)
            if round % 2 == 0 { relay.cut() }
        }
        try await eventually("all acknowledged", within: .seconds(40)) { stage.publisher.counters.queued == 0 }
        try await eventually("all heard") { try Set(stage.deliveries(ear).map(\.sequence)).count == 240 }
        var contents: [UInt64: [UInt8]] = [:]
        for (delivery, message) in zip(try stage.deliveries(ear), ear.messages(on: stage.topics.verdict(stage.line))) {
            #expect(contents[delivery.sequence] ?? message.payload == message.payload)
            contents[delivery.sequence] = message.payload
        }
        #expect(Set(contents.keys) == Set(1...240))
        _ = await stage.publisher.stop()
    }

    @Test func whatDidNotFitIsAnnounced() async throws {
        let broker = try MosquittoBroker()
        let ear = try await listening(broker.port)
        let stage = try Stage(port: broker.port, outbox: OutboxSettings(limits: OutboxLimits(rows: 10)))
        stage.publish(25)
        try stage.publisher.start()
        try await eventually("the rest arrives") { try stage.deliveries(ear).count == 10 }
        let deliveries = try stage.deliveries(ear)
        #expect(deliveries.map(\.sequence) == Array(16...25))
        #expect(deliveries.map(\.droppedBefore) == [15, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(stage.publisher.counters.dropped == 15)
        _ = await stage.publisher.stop()
    }

    @Test func anOverlayGoesOutOnlyWhileConnected() async throws {
        let broker = try MosquittoBroker()
        let ear = try await listening(broker.port)
        let stage = try Stage(port: broker.port)
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        #expect(stage.publisher.publishOverlay([0xFF, 0xD8, 0], line: stage.line))
        try await eventually("the picture arrives") {
            ear.messages(on: stage.topics.overlay(stage.line)).map(\.payload) == [[0xFF, 0xD8, 0]]
        }
        #expect(ear.messages(on: stage.topics.overlay(stage.line)).allSatisfy { $0.qualityOfService == .atMostOnce })
        _ = await stage.publisher.stop()
    }

    @Test func stoppingWithoutABrokerIsQuick() async throws {
        let stage = try Stage(port: try LoopbackPort.free())
        stage.publish(3)
        try stage.publisher.start()
        try await eventually("the fault is reported") { !stage.notices.isEmpty }
        let start = ContinuousClock.now
        let end = await stage.publisher.stop()
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(!end.isAcknowledged)
        #expect(end.counters.queued == 3)
        guard case .disconnected(.unreachable(let reason)) = stage.notices[0] else {
            Issue.record("\(stage.notices)")
            return
        }
        #expect(reason.contains("refused"))
    }
}
