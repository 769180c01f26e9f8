import AssayTestSupport
import Foundation
import Publishing
import Testing

/// The publisher with its outbox on disk, against a real broker.
@Suite(.serialized) struct OutboxTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker

    init() throws {
        folder = try TemporaryFolder("assay-outbox")
        broker = try MosquittoBroker()
    }

    private var settings: OutboxSettings {
        OutboxSettings(folder: folder.path, firstRetry: .milliseconds(50), lastRetry: .milliseconds(200))
    }

    private func listening() async throws -> Ear {
        let ear = try Ear(port: broker.port, filters: ["assay/v1/press-4/#"])
        try await eventually("the subscriber is there") { ear.subscriptionCount > 0 }
        return ear
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func whatOneRunLeftTheNextOneSends() async throws {
        let first = try Stage(port: try LoopbackPort.free(), outbox: settings)
        try first.publisher.start()
        first.publish(30)
        first.publisher.publish(Specimens.event())
        let end = await first.publisher.stop(within: .milliseconds(200))
        #expect(end.counters.queued == 31)

        let ear = try await listening()
        let second = try Stage(port: broker.port, outbox: settings)
        try second.publisher.start()
        try await eventually("the rest arrives") { try second.deliveries(ear).count == 30 }
        second.publish(1)
        try await eventually("a new one too") { try second.deliveries(ear).count == 31 }
        let deliveries = try second.deliveries(ear)
        #expect(deliveries.map(\.sequence) == Array(1...31))
        #expect(deliveries.map(\.isHistorical) == Array(repeating: true, count: 30) + [false])
        try await eventually("all acknowledged") { second.publisher.counters.queued == 0 }
        _ = await second.publisher.stop()
        #expect(first.publisher.outboxFault == nil && second.publisher.outboxFault == nil)
    }

    @Test func aDamagedFileIsSetAsideToldAndItsNumbersAreNotUsedAgain() async throws {
        let first = try Stage(port: broker.port, outbox: settings)
        try first.publisher.start()
        first.publish(30)
        try await eventually("all sent") { first.publisher.counters.acknowledged == 30 }
        _ = await first.publisher.stop()
        var highest: UInt64 = 30
        for round in 1...4 {
            try Data(repeating: 7, count: 20_000).write(to: URL(fileURLWithPath: folder.file("outbox.sqlite")))
            let ear = try await listening()
            let stage = try Stage(port: broker.port, outbox: settings)
            try stage.publisher.start()
            stage.publish(1)
            try await eventually("a verdict of round \(round)") { try stage.deliveries(ear).count == 1 }
            let delivery = try #require(try stage.deliveries(ear).first)
            #expect(delivery.sequence > highest)
            #expect(delivery.sequence <= highest + 1 + delivery.droppedBefore)
            highest = delivery.sequence
            let isTold = stage.notices.contains {
                if case .outboxReplaced(let kept, _) = $0 {
                    FileManager.default.fileExists(atPath: kept)
                } else {
                    false
                }
            }
            #expect(isTold)
            _ = await stage.publisher.stop()
            let kept = try names().filter { $0.hasPrefix("outbox-damaged-") && $0.hasSuffix(".sqlite") }
            #expect((1...2).contains(kept.count))
        }
    }

    @Test func whatALaterVersionWroteStaysAndMessagesGoOnFromMemory() async throws {
        let first = try Stage(port: broker.port, outbox: settings)
        try first.publisher.start()
        first.publish(3)
        try await eventually("all sent") { first.publisher.counters.acknowledged == 3 }
        _ = await first.publisher.stop()
        let path = folder.file("outbox.sqlite")
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes[63] = 99
        try bytes.write(to: URL(fileURLWithPath: path))

        let ear = try await listening()
        let second = try Stage(port: broker.port, outbox: settings)
        try second.publisher.start()
        second.publish(3)
        try await eventually("messages go on") { try second.deliveries(ear).count == 3 }
        #expect(second.publisher.outboxFault == .newerVersion(found: 99, known: 1))
        #expect(second.notices.contains(.outboxFailed(.newerVersion(found: 99, known: 1))))
        _ = await second.publisher.stop()
        #expect(FileManager.default.contents(atPath: path) == bytes)
        let last = try #require(try second.deliveries(ear).last?.sequence)

        bytes[63] = 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let third = try Stage(port: broker.port, outbox: settings)
        try third.publisher.start()
        third.publish(1)
        try await eventually("a verdict of the third run") { try third.deliveries(ear).count == 4 }
        let delivery = try #require(try third.deliveries(ear).last)
        #expect(delivery.sequence > last)
        #expect(delivery.sequence <= last + 1 + delivery.droppedBefore)
        _ = await third.publisher.stop()
    }

    @Test func aFolderThatComesLateIsTaken() async throws {
        let late = folder.file("late")
        var settings = settings
        settings.folder = late
        let ear = try await listening()
        let stage = try Stage(port: broker.port, outbox: settings)
        try stage.publisher.start()
        stage.publish(3)
        try await eventually("messages go out meanwhile") { try stage.deliveries(ear).count == 3 }
        try await eventually("the fault is known") { stage.publisher.outboxFault?.code == "outbox_unusable" }
        try FileManager.default.createDirectory(atPath: late, withIntermediateDirectories: false)
        try await eventually("the folder is taken") { stage.publisher.outboxFault == nil }
        stage.publish(3)
        try await eventually("all go out") { try stage.deliveries(ear).count == 6 }
        #expect(try stage.deliveries(ear).map(\.sequence) == Array(1...6))
        #expect(stage.notices.contains(.outboxWorks))
        _ = await stage.publisher.stop()
    }
}
