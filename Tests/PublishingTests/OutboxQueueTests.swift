import AssayTestSupport
import Foundation
import Publishing
import Testing

struct OutboxQueueTests {
    private func delivery(_ departure: OutboxQueue.Departure) throws -> Delivery {
        try DistrustfulSubscriber.delivery(departure.payload)
    }

    @Test func nothingLeavesWithoutAConnectionOrBeforeItIsKept() throws {
        let rig = try OutboxRig()
        rig.accept()
        try rig.keep()
        #expect(rig.send() == nil)
        rig.queue.opened()
        #expect(rig.send() == nil)
        try rig.keep()
        rig.accept()
        #expect(rig.sendAll().count == 1)
        try rig.keep()
        rig.queue.closed()
        #expect(rig.send() == nil)
    }

    @Test func aNumberIsToldOnlyOnceTheMessageIsKept() throws {
        let rig = try OutboxRig()
        rig.accept(id: "x")
        #expect(rig.told.numbers == [:])
        try rig.keep()
        #expect(rig.told.numbers == ["x": 1])
    }

    @Test func messagesLeaveInOrderAndTheWindowHoldsTheRestBack() throws {
        let rig = try OutboxRig(OutboxLimits(window: 3))
        rig.queue.opened()
        for _ in 0..<5 { rig.accept() }
        try rig.keep()
        #expect(try rig.sendAll().map { try delivery($0).sequence } == [1, 2, 3])
        let isKnown = [rig.queue.acknowledged(2), rig.queue.acknowledged(2), rig.queue.acknowledged(99)]
        #expect(isKnown == [true, false, false])
        try rig.keep()
        #expect(try rig.sendAll().map { try delivery($0).sequence } == [4])
        #expect(rig.queue.counters.acknowledged == 1)
        #expect(rig.queue.counters.queued == 4)
    }

    @Test func everyStreamIsCountedOnItsOwn() throws {
        let rig = try OutboxRig()
        rig.queue.opened()
        for stream in ["a", "b", "a", "event"] { rig.accept(stream) }
        let sent = try rig.drain().map { "\($0.topic)\(try delivery($0).sequence)" }
        #expect(sent == ["a1", "b1", "a2", "event1"])
    }

    @Test func whatWasSentButNotAcknowledgedIsSentAgainWithTheSameBytes() throws {
        let rig = try OutboxRig(OutboxLimits(window: 2))
        rig.queue.opened()
        for _ in 0..<3 { rig.accept() }
        try rig.keep()
        let before = rig.sendAll()
        rig.queue.acknowledged(1)
        rig.queue.closed()
        rig.queue.opened()
        try rig.keep()
        let after = rig.sendAll()
        #expect(after.first?.payload == before[1].payload)
        #expect(try after.map { try delivery($0).isHistorical } == [false, true])
    }

    @Test func onlyWhatWasMadeBeforeTheConnectionOrWaitedForLongIsHistorical() throws {
        let rig = try OutboxRig(OutboxLimits(window: 2))
        rig.accept()
        rig.queue.opened()
        rig.accept()
        rig.accept()
        try rig.keep()
        rig.now += .seconds(11)
        #expect(try rig.drain().map { try delivery($0).isHistorical } == [true, false, true])
    }

    @Test func aFullQueueDropsTheOldestAndTheNextOfItsStreamSaysSo() throws {
        let rig = try OutboxRig(OutboxLimits(rows: 3))
        for stream in ["a", "b", "a", "a", "a", "b"] {
            rig.accept(stream)
            try rig.keep()
        }
        #expect(rig.queue.counters.dropped == 3)
        #expect(rig.queue.counters.queued == 3)
        rig.queue.opened()
        let sent = try rig.drain().map { ($0.topic, try delivery($0)) }
        #expect(sent.map { $0.0 } == ["a", "a", "b"])
        #expect(sent.map { $0.1.sequence } == [3, 4, 2])
        #expect(sent.map { $0.1.droppedBefore } == [2, 0, 1])
    }

    @Test func whatIsGivenUpBeforeItHasANumberIsAnnouncedToo() throws {
        let rig = try OutboxRig(OutboxLimits(rows: 3))
        for _ in 0..<10 { rig.accept() }
        rig.queue.opened()
        let sent = try rig.drain().map(delivery)
        #expect(sent.map(\.sequence) == [8, 9, 10])
        #expect(sent.map(\.droppedBefore) == [7, 0, 0])
    }

    @Test func messagesInFlightAreNeverDropped() throws {
        let rig = try OutboxRig(OutboxLimits(rows: 2, window: 1))
        rig.queue.opened()
        rig.accept()
        try rig.keep()
        let first = rig.sendAll()
        for _ in 0..<4 { rig.accept() }
        try rig.keep()
        rig.queue.closed()
        rig.queue.opened()
        try rig.keep()
        #expect(rig.sendAll().map(\.payload) == first.map(\.payload))
        rig.queue.acknowledged(2)
        #expect(try rig.drain().map(delivery) == [Delivery(sequence: 5, isHistorical: true, droppedBefore: 3)])
    }

    @Test func bytesAreBoundedToo() throws {
        let rig = try OutboxRig(OutboxLimits(bytes: 1000))
        for _ in 0..<20 { rig.accept(size: 300) }
        try rig.keep()
        #expect(rig.queue.count == 3)
        #expect(rig.queue.counters.queuedBytes <= 1000)
        rig.accept(size: 2000)
        try rig.keep()
        #expect(rig.queue.count == 3)
        #expect(rig.queue.counters.dropped == 18)
    }

    @Test func whatTheBrokerNeverTakesIsAnnouncedByTheNextSealed() throws {
        let rig = try OutboxRig(OutboxLimits(window: 1))
        for _ in 0..<3 { rig.accept() }
        rig.queue.opened()
        try rig.keep()
        let first = try #require(rig.send())
        let isKnown = rig.queue.refused(first.identifier)
        #expect(isKnown)
        try rig.keep()
        // Sealed ahead of the refusal, so a later one has to say it.
        let next = rig.queue.next()
        let second = try #require(next)
        #expect(try delivery(second).sequence == 2)
        rig.queue.unsendable(second.ticket)
        try rig.keep()
        #expect(try rig.drain().map(delivery) == [Delivery(sequence: 3, isHistorical: true, droppedBefore: 2)])
    }

    @Test func whatWaitedLongerThanTheAgeIsGivenUpAndAnnounced() throws {
        let folder = try TemporaryFolder("assay-outbox")
        for path in [nil, folder.file("outbox.sqlite")] {
            let rig = try OutboxRig(OutboxLimits(age: .seconds(3600)), path: path)
            rig.accept()
            rig.accept()
            try rig.keep()
            rig.time = rig.time.advanced(by: .seconds(1800))
            rig.accept()
            try rig.keep()
            rig.time = rig.time.advanced(by: .seconds(1801))
            try rig.keep(trims: true)
            #expect(rig.queue.count == 1)
            #expect(rig.queue.counters.dropped == 2)
            rig.queue.opened()
            #expect(try rig.drain().map(delivery) == [Delivery(sequence: 3, isHistorical: true, droppedBefore: 2)])
        }
    }

    @Test func aClockThatWasNeverSetMakesNothingOld() throws {
        let rig = try OutboxRig(OutboxLimits(age: .seconds(3600)))
        rig.time = Timestamp(seconds: 60, nanoseconds: 0)
        rig.accept()
        try rig.keep()
        rig.time = Timestamp(seconds: 1_800_000_000, nanoseconds: 0)
        try rig.keep(trims: true)
        #expect(rig.queue.count == 1)
    }
}
