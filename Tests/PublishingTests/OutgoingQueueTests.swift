import Foundation
import Publishing
import Testing

struct OutgoingQueueTests {
    private let head = MessageHead(schema: "s/1", id: "i", boot: "b")

    private func append(_ queue: inout OutgoingQueue, _ stream: String = "a", size: Int = 10) {
        let body = Array(#"{"x":"\#(String(repeating: "-", count: max(0, size - 8)))"}"#.utf8)
        queue.append(stream: stream, topic: stream, head: head, body: body)
    }

    private func delivery(_ departure: OutgoingQueue.Departure) throws -> Delivery {
        try JSONDecoder().decode(Delivery.self, from: Data(departure.payload))
    }

    private func upcoming(_ queue: inout OutgoingQueue) throws -> OutgoingQueue.Departure {
        let departure = queue.next()
        return try #require(departure)
    }

    /// Sends everything that may go, under identifiers from `first`, and gives it back.
    private func send(_ queue: inout OutgoingQueue, first: Int32 = 1) -> [OutgoingQueue.Departure] {
        var sent: [OutgoingQueue.Departure] = []
        while let departure = queue.next() {
            queue.departed(departure.number, as: first + Int32(sent.count))
            sent.append(departure)
        }
        return sent
    }

    @Test func nothingLeavesWithoutAConnection() {
        var queue = OutgoingQueue()
        append(&queue)
        let early = queue.next()
        #expect(early == nil)
        queue.opened()
        let open = queue.next()
        #expect(open != nil)
        queue.closed()
        let late = queue.next()
        #expect(late == nil)
    }

    @Test func messagesLeaveInOrderAndTheWindowHoldsTheRestBack() throws {
        var queue = OutgoingQueue(window: 3)
        queue.opened()
        for _ in 0..<5 { append(&queue) }
        let first = try send(&queue).map { try delivery($0).sequence }
        #expect(first == [1, 2, 3])
        let isKnown = [queue.acknowledged(2), queue.acknowledged(2), queue.acknowledged(99)]
        #expect(isKnown == [true, false, false])
        let second = try send(&queue, first: 10).map { try delivery($0).sequence }
        #expect(second == [4])
        #expect(queue.counters.acknowledged == 1)
        #expect(queue.counters.queued == 4)
    }

    @Test func everyStreamIsCountedOnItsOwn() throws {
        var queue = OutgoingQueue()
        queue.opened()
        for stream in ["a", "b", "a", "event"] { append(&queue, stream) }
        let sent = try send(&queue).map { "\($0.topic)\(try delivery($0).sequence)" }
        #expect(sent == ["a1", "b1", "a2", "event1"])
    }

    @Test func whatWasSentButNotAcknowledgedIsSentAgainWithTheSameBytes() throws {
        var queue = OutgoingQueue(window: 2)
        queue.opened()
        for _ in 0..<3 { append(&queue) }
        let before = send(&queue)
        queue.acknowledged(1)
        queue.closed()
        let isKnown = queue.acknowledged(2)
        #expect(!isKnown)
        queue.opened()
        let after = send(&queue, first: 7)
        #expect(after.first == before[1])
        #expect(try after.map { try delivery($0).isHistorical } == [false, true])
    }

    @Test func onlyWhatWasMadeBeforeTheConnectionIsHistorical() throws {
        var queue = OutgoingQueue()
        append(&queue)
        queue.opened()
        append(&queue)
        let isHistorical = try send(&queue).map { try delivery($0).isHistorical }
        #expect(isHistorical == [true, false])
    }

    @Test func aFullQueueDropsTheOldestAndTheNextOfItsStreamSaysSo() throws {
        var queue = OutgoingQueue(capacity: 3)
        for stream in ["a", "b", "a", "a", "a"] { append(&queue, stream) }
        #expect(queue.counters.dropped == 2)
        #expect(queue.counters.queued == 3)
        append(&queue, "b")
        queue.opened()
        let sent = try send(&queue).map { ($0.topic, try delivery($0)) }
        #expect(sent.map { $0.0 } == ["a", "a", "b"])
        #expect(sent.map { $0.1.sequence } == [3, 4, 2])
        #expect(sent.map { $0.1.droppedBefore } == [2, 0, 1])
    }

    @Test func messagesInFlightAreNeverDropped() throws {
        var queue = OutgoingQueue(capacity: 2, window: 1)
        queue.opened()
        append(&queue)
        let first = send(&queue)
        for _ in 0..<4 { append(&queue) }
        queue.closed()
        queue.opened()
        let again = send(&queue)
        #expect(again == first)
        queue.acknowledged(1)
        let next = try upcoming(&queue)
        #expect(try delivery(next) == Delivery(sequence: 5, isHistorical: true, droppedBefore: 3))
    }

    @Test func aQueueFullOfMessagesInFlightDropsTheNewOne() throws {
        var queue = OutgoingQueue(capacity: 1)
        queue.opened()
        append(&queue)
        _ = send(&queue)
        append(&queue)
        #expect(queue.counters.dropped == 1)
        queue.acknowledged(1)
        append(&queue)
        let next = try upcoming(&queue)
        #expect(try delivery(next) == Delivery(sequence: 3, isHistorical: false, droppedBefore: 1))
    }

    @Test func bytesAreBoundedToo() {
        var queue = OutgoingQueue(byteLimit: 1000)
        for _ in 0..<20 { append(&queue, size: 300) }
        #expect(queue.count == 3)
        #expect(queue.counters.queuedBytes <= 1000)
        append(&queue, size: 2000)
        #expect(queue.count == 0)
        #expect(queue.counters.dropped == 21)
    }

    @Test func aRefusedMessageIsAnnouncedByTheNextSealed() throws {
        var queue = OutgoingQueue(capacity: 2, window: 1)
        for _ in 0..<3 { append(&queue) }
        queue.opened()
        _ = send(&queue)
        let isKnown = queue.refused(1)
        #expect(isKnown)
        let next = try upcoming(&queue)
        #expect(try delivery(next) == Delivery(sequence: 3, isHistorical: true, droppedBefore: 2))
        queue.unsendable(next.number)
        append(&queue)
        let last = try upcoming(&queue)
        #expect(try delivery(last) == Delivery(sequence: 4, isHistorical: false, droppedBefore: 3))
    }

    /// A subscriber that trusts the contract: through random faults it can account for every number.
    @Test(arguments: 1...40)
    func noGapGoesUnannouncedThroughRandomFaults(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var queue = OutgoingQueue(capacity: Int.random(in: 1...12, using: &random), byteLimit: 4000, window: 4)
        var inFlight: [Int32] = []
        var nextIdentifier: Int32 = 1
        var isOpen = false
        var seen: [String: [UInt64: [UInt8]]] = [:]
        var highest: [String: UInt64] = [:]

        func hear(_ departure: OutgoingQueue.Departure) throws {
            let delivery = try delivery(departure)
            if let before = seen[departure.topic]?[delivery.sequence] {
                #expect(before == departure.payload, "seed \(seed): one number, two contents")
                return
            }
            seen[departure.topic, default: [:]][delivery.sequence] = departure.payload
            let last = highest[departure.topic] ?? 0
            #expect(delivery.sequence == last + 1 + delivery.droppedBefore, "seed \(seed)")
            highest[departure.topic] = delivery.sequence
        }

        for _ in 0..<2000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: append(&queue, ["a", "b", "event"].randomElement(using: &random) ?? "a", size: 60)
            case 4..<7:
                if let departure = queue.next() {
                    queue.departed(departure.number, as: nextIdentifier)
                    inFlight.append(nextIdentifier)
                    nextIdentifier += 1
                    try hear(departure)
                }
            case 7..<9:
                if isOpen, let identifier = inFlight.first {
                    inFlight.removeFirst()
                    let isKnown = queue.acknowledged(identifier)
                    #expect(isKnown)
                }
            default:
                isOpen.toggle()
                inFlight = []
                if isOpen { queue.opened() } else { queue.closed() }
            }
            #expect(
                queue.counters.accepted == queue.counters.acknowledged + queue.counters.dropped + UInt64(queue.count))
        }
    }
}
