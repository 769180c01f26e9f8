import AssayTestSupport
import Foundation
import Publishing
import Synchronization
import Testing

/// Brokers that refuse, that are old, and rivals that take over.
@Suite(.serialized)
struct MQTTFaultTests {
    @Test func aWrongPasswordIsReportedAndTriedAgainAtABoundedPace() async throws {
        let broker = try MosquittoBroker(users: ["assay": "right"])
        let relay = try LoopbackRelay(to: broker.port)
        let wrong = try MQTTCredentials(username: "assay", password: "wrong")
        let stage = try Stage(port: relay.port, credentials: wrong, backoff: Backoff())
        let clock = ContinuousClock()
        let start = clock.now
        try stage.publisher.start()
        try await eventually("a second attempt") { relay.connectionCount >= 3 }
        #expect(stage.publisher.counters.connections == 0)
        #expect(stage.notices.count == 1)
        guard case .disconnected(.notAuthorised) = stage.notices[0] else {
            Issue.record("\(stage.notices)")
            return
        }
        // Two attempts lie at least 0.25 s apart; at once it is tried again only with the older protocol.
        #expect(Double(relay.connectionCount) <= 2 + (clock.now - start) / .seconds(0.25))
        _ = await stage.publisher.stop()
    }

    @Test func theRightPasswordIsAccepted() async throws {
        let broker = try MosquittoBroker(users: ["assay": "right"])
        let stage = try Stage(port: broker.port, credentials: MQTTCredentials(username: "assay", password: "right"))
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        #expect(await stage.publisher.stop().isAcknowledged)
    }

    @Test func credentialsAreNotPrinted() throws {
        let credentials = try MQTTCredentials(username: "assay", password: "hunter2")
        var dumped = "\(credentials) \(String(reflecting: credentials))"
        dump(credentials, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    /// The broker at hand ends the older connection without saying why, so the rival can only be guessed.
    @Test func aRivalWithTheSameIdentifierIsGuessedAndNotFoughtInALoop() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let start = ContinuousClock.now
        let stage = try Stage(port: relay.port, backoff: Backoff())
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        let rival = try Ear(port: broker.port, filters: ["x"], name: "assay-press-4")
        try await eventually("guessed", within: .seconds(40)) { stage.notices.contains(.disconnected(.contested)) }
        // The delays before the second and third connection are at least 0.25 s and 0.5 s.
        #expect(ContinuousClock.now - start > .milliseconds(750))
        #expect(relay.connectionCount <= 4)
        rival.stop()
        _ = await stage.publisher.stop()
    }

    @Test func aBrokerThatNamesTheRivalIsBelieved() async throws {
        let server = try LoopbackServer { connection in
            _ = LoopbackServer.read(connection)
            // CONNACK, then DISCONNECT with "session taken over".
            LoopbackServer.write([0x20, 3, 0, 0, 0, 0xE0, 1, 0x8E], to: connection)
            while !LoopbackServer.read(connection).isEmpty {}
        }
        let stage = try Stage(port: server.port)
        try stage.publisher.start()
        try await eventually("taken over") { stage.notices.contains(.disconnected(.takenOver)) }
        _ = await stage.publisher.stop(within: .milliseconds(200))
    }

    /// Answers like a broker that knows only MQTT 3.1.1.
    private func oldBroker(refusal: [UInt8], _ offers: Offers) throws -> LoopbackServer {
        try LoopbackServer { connection in
            let packet = LoopbackServer.read(connection)
            guard let level = ConnectPacket.level(of: packet) else { return }
            offers.levels.withLock { $0.append(level) }
            guard level == 4 else {
                LoopbackServer.write(refusal, to: connection)
                return
            }
            LoopbackServer.write([0x20, 2, 0, 0], to: connection)
            while !LoopbackServer.read(connection).isEmpty {}
        }
    }

    private final class Offers: Sendable {
        let levels = Mutex<[UInt8]>([])
    }

    @Test(arguments: [[0x20, 2, 0, 1], [0x20, 3, 0, 0x84, 0], []] as [[UInt8]])
    func aBrokerThatRefusesMQTT5IsSpokenToInMQTT311(refusal: [UInt8]) async throws {
        let offers = Offers()
        let server = try oldBroker(refusal: refusal, offers)
        let stage = try Stage(port: server.port)
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        #expect(offers.levels.withLock { $0 } == [5, 4])
        _ = await stage.publisher.stop(within: .milliseconds(200))
    }

    @Test func aSilentBrokerIsNotWaitedForAtTheEnd() async throws {
        let server = try LoopbackServer { connection in while !LoopbackServer.read(connection).isEmpty {} }
        let stage = try Stage(port: server.port)
        try stage.publisher.start()
        let start = ContinuousClock.now
        let end = await stage.publisher.stop()
        #expect(!end.isAcknowledged)
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    /// The socket stays open, but nobody answers: only the pings tell.
    @Test func aBrokerThatFallsSilentIsGivenUpAndNothingIsLost() async throws {
        let broker = try MosquittoBroker()
        let stage = try Stage(port: broker.port)
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        broker.freeze()
        stage.publish(30)
        try await eventually("given up", within: .seconds(30)) { !stage.publisher.isConnected }
        broker.resume()
        try await eventually("all arrive", within: .seconds(30)) { stage.publisher.counters.acknowledged == 30 }
        #expect(stage.publisher.counters.dropped == 0)
        _ = await stage.publisher.stop()
    }

    @Test func rubbishFromABrokerEndsTheConnectionAndNothingElse() async throws {
        var random = SeededGenerator(seed: 3)
        let rubbish = (0..<64).map { _ in (0..<200).map { _ in UInt8.random(in: .min ... .max, using: &random) } }
        let next = Mutex(0)
        let server = try LoopbackServer { connection in
            _ = LoopbackServer.read(connection)
            let index = next.withLock { index in
                index += 1
                return index
            }
            LoopbackServer.write([0x20, 3, 0, 0, 0] + rubbish[index % rubbish.count], to: connection)
        }
        let stage = try Stage(port: server.port)
        try stage.publisher.start()
        try await eventually("a few connections") { stage.publisher.counters.connections >= 3 }
        _ = await stage.publisher.stop(within: .milliseconds(200))
    }

    @Test func aMessageTheBrokerDoesNotAllowIsCountedAndAnnounced() async throws {
        let folder = try TemporaryFolder()
        let rules = try folder.write("topic read #\ntopic write assay/v1/press-4/status\n", to: "acl")
        let broker = try MosquittoBroker(extraLines: ["acl_file \(rules)"])
        let stage = try Stage(port: broker.port)
        stage.publish(3)
        try stage.publisher.start()
        try await eventually("all refused") { stage.publisher.counters.dropped == 3 }
        #expect(stage.publisher.counters.acknowledged == 0)
        #expect(stage.notices.contains(.messageRefused))
        _ = await stage.publisher.stop()
    }

    @Test func settingsOutsideTheirRangeAreRefused() {
        #expect(throws: PublishingError.self) { try MQTTSettings(host: "", clientIdentifier: "a") }
        #expect(throws: PublishingError.self) { try MQTTSettings(host: "a\u{0}b", clientIdentifier: "a") }
        #expect(throws: PublishingError.self) { try MQTTSettings(host: "a", port: 0, clientIdentifier: "a") }
        #expect(throws: PublishingError.self) { try MQTTSettings(host: "a", clientIdentifier: "") }
        #expect(throws: PublishingError.self) {
            try MQTTSettings(host: "a", clientIdentifier: "a", keepAlive: .seconds(4))
        }
        #expect(throws: PublishingError.self) { try MQTTCredentials(username: "", password: nil) }
        #expect(throws: PublishingError.self) { try MQTTCredentials(username: "a", password: "b\u{0}") }
    }
}
