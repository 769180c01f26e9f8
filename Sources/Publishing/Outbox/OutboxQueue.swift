/// Verdicts and events on their way to the broker, in order, within bounds: a pure machine whose owners do what it says.
///
/// Three owners call in. Whoever has a message calls `accept` and never waits. The outbox's thread takes `begin`s work,
/// writes it, and calls `finish`: only then may anything of it be seen outside, its number included. The network
/// thread takes what is `next` and says what became of it. A message is sealed (it is decided whether it is late and
/// what it announces) in a transaction before it goes out, and what went out once goes out again with the same bytes,
/// by this run or another.
package struct OutboxQueue: Sendable {
    package let limits: OutboxLimits

    /// Taken in, not numbered yet; oldest first.
    var arrivals: [OutboxArrival] = []
    var arrivedBytes = 0

    /// Messages of a stream given up before they had a number.
    var lostArrivals: [String: UInt64] = [:]

    /// In the hands of the outbox's thread.
    var writing: [WaitingMessage] = []

    /// The oldest messages. Those sealed are a prefix, and those departed on this connection are a prefix of that.
    var ready: [WaitingMessage] = []
    var departedCount = 0

    /// Messages on disk alone, younger than `ready`, and the position up to which they were read.
    var backlogCount = 0
    var canReadBacklog = true
    var loadedThrough: Int64 = 0

    /// Numbered messages that only memory holds, younger than the backlog.
    var tail: [WaitingMessage] = []

    /// From this position on the disk may or may not hold what memory holds; nil while it does.
    var uncertainFrom: Int64? = 1

    /// Gone, but still stored.
    var deletes: [Int64] = []

    /// Stored as sealed, but did not go out and will be sealed again.
    var unseals: Set<Int64> = []

    /// Streams that changed since they were written.
    var changedStreams: Set<String> = []

    /// Counts how often seals were undone; work begun before rests on seals that do not hold.
    var sealGeneration: UInt64 = 0

    /// What the seals that are being written announce and touch.
    var writingAnnounced: [String: UInt64] = [:]

    var streams: [String: OutboxStream] = [:]

    /// The highest number of a stream that may have gone out.
    var departed: [String: UInt64] = [:]
    var nextPosition: Int64 = 1

    /// The number of the present connection; 0 while there is none.
    var connection: UInt64 = 0
    var nextTicket: UInt64 = 1

    /// Whether finished work is stored; without it, it is only remembered.
    package internal(set) var isStoring = false
    var isRestoring = false

    /// `connections` counts calls of `opened`.
    package internal(set) var counters = PublisherCounters()

    /// Messages held ready in memory while the disk has more; at most so many of them are sealed ahead of the window.
    static let readyLimit = 256
    static let readyByteLimit = 8 << 20
    static let sealedAheadLimit = 80

    /// A message that is to be sent now.
    package struct Departure: Equatable, Sendable {
        package let ticket: UInt64
        package let topic: String
        package let payload: [UInt8]
    }

    package init(_ limits: OutboxLimits = OutboxLimits()) { self.limits = limits }

    /// How many messages wait or are in flight.
    package var count: Int { counters.queued }

    /// Takes a message in; its number comes with `finish`.
    package mutating func accept(_ arrival: OutboxArrival) {
        counters.accepted += 1
        counters.queued += 1
        counters.queuedBytes += arrival.body.count
        var arrival = arrival
        arrival.connection = connection
        arrivals.append(arrival)
        arrivedBytes += arrival.body.count
        while arrivals.count > limits.memoryRows || arrivedBytes > limits.memoryBytes, !arrivals.isEmpty {
            let oldest = arrivals.removeFirst()
            arrivedBytes -= oldest.body.count
            lostArrivals[oldest.stream, default: 0] += 1
            forget(oldest.body.count)
            counters.dropped += 1
        }
    }

    mutating func forget(_ bytes: Int) {
        counters.queued -= 1
        counters.queuedBytes -= bytes
    }

    /// Counts a lost message that was sealed, and with it what it would have announced itself.
    mutating func giveUp(_ message: WaitingMessage) {
        counters.dropped += 1
        let stream = message.item.stream
        guard message.hasDeparted, let delivery = message.item.delivery else { return }
        streams[stream, default: OutboxStream()].givenUp += 1 + delivery.droppedBefore
        changedStreams.insert(stream)
    }
}
