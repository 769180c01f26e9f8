/// Verdicts and events on their way to the broker, in order, within bounds.
///
/// A pure machine: its owner does what it says. A message is numbered when it is appended, sealed (given its final
/// bytes) when it is first sent, and forgotten when the broker acknowledges it. What was sealed but not acknowledged
/// before a connection broke is sent again with the very same bytes. When the queue is full the oldest message that
/// was never sent is dropped, and the next one of its stream says so.
package struct OutgoingQueue: Sendable {
    /// Most messages that wait, those in flight included.
    package let capacity: Int

    /// Most bytes that wait.
    package let byteLimit: Int

    /// Most messages in flight.
    package let window: Int

    /// Oldest first. The sealed ones are a prefix, and those departed on this connection are a prefix of that.
    private var items: [Item] = []
    private var sealedCount = 0
    private var departedCount = 0

    private var sequences: [String: UInt64] = [:]

    /// Dropped messages of a stream that no later message has announced yet.
    private var unannounced: [String: UInt64] = [:]

    /// The number of the present connection; 0 while there is none.
    private var connection: UInt64 = 0
    private var nextNumber: UInt64 = 1

    /// `connections` counts calls of `opened`.
    package private(set) var counters = PublisherCounters()

    private struct Item {
        let number: UInt64
        let stream: String
        let topic: String
        let head: MessageHead
        var payload: [UInt8]
        var delivery: Delivery
        let acceptedDuring: UInt64
        var identifier: Int32?
    }

    /// A message that is to be sent now.
    package struct Departure: Equatable, Sendable {
        package let number: UInt64
        package let topic: String
        package let payload: [UInt8]
    }

    /// - Precondition: the capacity and the window are at least 1.
    package init(capacity: Int = 1000, byteLimit: Int = 16 << 20, window: Int = 20) {
        precondition(capacity >= 1 && window >= 1)
        self.capacity = capacity
        self.byteLimit = byteLimit
        self.window = window
    }

    /// How many messages wait or are in flight.
    package var count: Int { items.count }

    /// Takes a message in and gives it the next number of its stream.
    ///
    /// - Parameters:
    ///   - stream: the line of a verdict, or the reserved word `event`.
    ///   - body: the members after the head, a JSON object.
    /// - Returns: the sequence number.
    @discardableResult
    package mutating func append(stream: String, topic: String, head: MessageHead, body: [UInt8]) -> UInt64 {
        let sequence = (sequences[stream] ?? 0) + 1
        sequences[stream] = sequence
        counters.accepted += 1
        while items.count >= capacity || counters.queuedBytes + body.count > byteLimit {
            guard sealedCount < items.count else {
                giveUp(stream: stream, announcing: 0)
                return sequence
            }
            let oldest = items.remove(at: sealedCount)
            counters.queuedBytes -= oldest.payload.count
            giveUp(stream: oldest.stream, announcing: 0)
        }
        items.append(
            Item(
                number: nextNumber, stream: stream, topic: topic, head: head, payload: body,
                delivery: Delivery(sequence: sequence), acceptedDuring: connection))
        nextNumber += 1
        counters.queued = items.count
        counters.queuedBytes += body.count
        return sequence
    }

    /// Numbers a stream on from `sequence`, which an earlier run may have used; never backwards.
    package mutating func continueNumbering(of stream: String, after sequence: UInt64) {
        sequences[stream] = max(sequences[stream] ?? 0, sequence)
    }

    /// A broker accepted the connection: everything not yet acknowledged is to be sent (again).
    package mutating func opened() {
        counters.connections += 1
        connection = counters.connections
        departedCount = 0
        for index in 0..<sealedCount { items[index].identifier = nil }
    }

    /// The connection broke.
    package mutating func closed() {
        connection = 0
        departedCount = 0
        for index in 0..<sealedCount { items[index].identifier = nil }
    }

    /// The next message to send; nothing while there is no connection, the window is full or the queue is empty.
    ///
    /// It stays next until `departed` or `refused` is called with its number.
    package mutating func next() -> Departure? {
        guard connection > 0, departedCount < window, departedCount < items.count else { return nil }
        let index = departedCount
        if index == sealedCount {
            var item = items[index]
            item.delivery.isHistorical = item.acceptedDuring != connection
            item.delivery.droppedBefore = unannounced.removeValue(forKey: item.stream) ?? 0
            let payload = item.head.sealed(item.delivery, body: item.payload)
            counters.queuedBytes += payload.count - item.payload.count
            item.payload = payload
            items[index] = item
            sealedCount += 1
        }
        return Departure(number: items[index].number, topic: items[index].topic, payload: items[index].payload)
    }

    /// The message was handed to the connection under `identifier`.
    package mutating func departed(_ number: UInt64, as identifier: Int32) {
        guard departedCount < sealedCount, items[departedCount].number == number else { return }
        items[departedCount].identifier = identifier
        departedCount += 1
    }

    /// The broker has the message; unknown identifiers (of retained messages) are left alone.
    @discardableResult
    package mutating func acknowledged(_ identifier: Int32) -> Bool {
        guard remove(identifier) != nil else { return false }
        counters.acknowledged += 1
        return true
    }

    /// The broker answered that it will not take the message.
    ///
    /// Messages sealed in the meantime cannot announce the gap any more: the first one sealed from now on does.
    @discardableResult
    package mutating func refused(_ identifier: Int32) -> Bool {
        guard let item = remove(identifier) else { return false }
        giveUp(stream: item.stream, announcing: item.delivery.droppedBefore)
        return true
    }

    /// The message can never be sent, being larger than the broker allows.
    package mutating func unsendable(_ number: UInt64) {
        guard departedCount < sealedCount, items[departedCount].number == number else { return }
        let item = items.remove(at: departedCount)
        sealedCount -= 1
        counters.queued = items.count
        counters.queuedBytes -= item.payload.count
        giveUp(stream: item.stream, announcing: item.delivery.droppedBefore)
    }

    private mutating func remove(_ identifier: Int32) -> Item? {
        guard let index = items[..<departedCount].firstIndex(where: { $0.identifier == identifier }) else { return nil }
        let item = items.remove(at: index)
        departedCount -= 1
        sealedCount -= 1
        counters.queued = items.count
        counters.queuedBytes -= item.payload.count
        return item
    }

    /// Counts a lost message, and with it what it would have announced itself.
    private mutating func giveUp(stream: String, announcing: UInt64) {
        unannounced[stream, default: 0] += 1 + announcing
        counters.dropped += 1
        counters.queued = items.count
    }
}
