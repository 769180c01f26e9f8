import AssayTestSupport
import Foundation
import Publishing
import Testing

/// Two stations that believe to be the same one, on a real broker.
@Suite(.serialized)
struct SecondWriterTests {
    private func states(_ ear: Ear, _ stage: Stage, boot: String) throws -> [StatusMessage] {
        try stage.statuses(ear).filter { $0.lease.boot == boot }
    }

    @Test func anotherStationOnTheSameTopicsIsTold() async throws {
        let broker = try MosquittoBroker()
        let ear = try Ear(port: broker.port, filters: ["assay/v1/press-4/status"])
        let first = try Stage(port: broker.port, name: "one", leaseInterval: .milliseconds(200), boot: "boot-1")
        try first.publisher.start()
        try await eventually("connected") { first.publisher.isConnected }
        #expect(first.publisher.trouble == nil)
        let second = try Stage(port: broker.port, name: "two", leaseInterval: .milliseconds(200), boot: "boot-2")
        try second.publisher.start()
        try await eventually("both know") {
            first.notices.contains(.secondWriter(.station(boot: "boot-2")))
                && second.notices.contains(.secondWriter(.station(boot: "boot-1")))
        }
        #expect(first.publisher.trouble?.contains("boot-2") == true)
        try await eventually("their status says so") {
            let statuses = try stageStatuses(ear, first)
            return statuses.contains { $0.state == .degraded && $0.reason == "second_writer" }
        }
        #expect(first.notices.filter { $0 == .secondWriter(.station(boot: "boot-2")) }.count == 1)
        #expect(try SchemaValidator.problems(in: ear.messages.map(\.payload)) == [])
        _ = await first.publisher.stop()
        _ = await second.publisher.stop()
    }

    private func stageStatuses(_ ear: Ear, _ stage: Stage) throws -> [StatusMessage] { try stage.statuses(ear) }

    /// Two with one identifier throw each other out; neither gives up, and the pace falls.
    @Test func twoStationsWithOneIdentifierComeToRest() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let first = try Stage(port: relay.port, boot: "boot-1", backoff: Backoff())
        let second = try Stage(port: relay.port, boot: "boot-2", backoff: Backoff())
        let start = ContinuousClock.now
        try first.publisher.start()
        try second.publisher.start()
        func knows(_ stage: Stage) -> Bool { stage.publisher.secondWriter != nil }
        try await eventually("both know", within: .seconds(40)) { knows(first) && knows(second) }
        try await eventually("some time has passed", within: .seconds(40)) {
            ContinuousClock.now - start > .seconds(12)
        }
        // With the shortest delays for ever there would be some fifty.
        #expect(relay.connectionCount <= 20, "\(relay.connectionCount)")
        _ = await first.publisher.stop(within: .milliseconds(200))
        _ = await second.publisher.stop(within: .milliseconds(200))
    }

    @Test func aNewRunOfTheSameStationIsNoSecondWriter() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let old = try Stage(port: relay.port, boot: "boot-1")
        try old.publisher.start()
        try await eventually("connected") { old.publisher.isConnected }
        _ = await old.publisher.stop()
        let new = try Stage(port: relay.port, leaseInterval: .milliseconds(100), boot: "boot-2")
        try new.publisher.start()
        try await eventually("connected") { new.publisher.isConnected }
        relay.cut()
        try await eventually("connected again") { new.publisher.counters.connections == 2 }
        let ear = try Ear(port: broker.port, filters: [new.topics.status])
        try await eventually("some leases") { try new.statuses(ear).count > 3 }
        #expect(new.publisher.secondWriter == nil)
        _ = await new.publisher.stop()
    }

    @Test func aCommandSentWhileTheStationWasAwayIsNotObeyed() async throws {
        let broker = try MosquittoBroker()
        let relay = try LoopbackRelay(to: broker.port)
        let stage = try Stage(port: relay.port, commands: [.inspect])
        try stage.publisher.start()
        let ear = try Ear(port: broker.port, filters: ["assay/v1/press-4/#"])
        try await eventually("connected") { stage.publisher.isConnected && ear.subscriptionCount > 0 }
        relay.cut(forGood: true)
        try await eventually("lost") { !stage.publisher.isConnected }
        let sender = try Sender(port: broker.port)
        sender.send("assay/v1/press-4/command/inspect", #"{"line": "tray"}"#)
        try await eventually("the broker has it") { ear.messages.contains { $0.topic.hasSuffix("command/inspect") } }
        relay.mend()
        try await eventually("back") { stage.publisher.isConnected }
        sender.send("assay/v1/press-4/command/inspect", #"{"line": "lid"}"#)
        try await eventually("a command comes") { stage.notices.contains(.commandCame) }
        let command = try #require(stage.publisher.takeCommand())
        #expect(String(decoding: command.message.payload, as: UTF8.self).contains("lid"))
        #expect(stage.publisher.takeCommand() == nil)
        _ = await stage.publisher.stop()
    }
}
