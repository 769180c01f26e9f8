import AssayTestSupport
import Foundation
import Publishing
import Testing

/// An outbox's queue and, where it has a folder, its real file, driven step by step in place of its threads.
final class OutboxRig {
    var queue: OutboxQueue
    private var store: OutboxStore?
    private let path: String?
    private let limits: OutboxLimits
    var now = ContinuousClock.now
    var time = Timestamp(seconds: 1_800_000_000, nanoseconds: 0)
    private var nextIdentifier: Int32 = 1

    /// The numbers that were told, by the message they belong to.
    let told = Told()

    final class Told: @unchecked Sendable {
        // Used by one test's thread only.
        var numbers: [String: UInt64] = [:]
    }

    init(_ limits: OutboxLimits = OutboxLimits(), path: String? = nil) throws {
        self.limits = limits
        self.path = path
        queue = OutboxQueue(limits)
        try start()
    }

    private func start() throws {
        guard let path else { return }
        let store = try OutboxStore(path: path)
        queue.adopt(store.stored)
        self.store = consume store
        try restore()
    }

    /// The process ends without a word, and the next one starts.
    func crash() throws {
        store = nil
        queue = OutboxQueue(limits)
        told.numbers = [:]
        try start()
    }

    func accept(_ stream: String = "a", id: String = UUID().uuidString, size: Int = 10) {
        let body = Array(#"{"x":"\#(String(repeating: "-", count: max(0, size - 8)))"}"#.utf8)
        let told = told
        queue.accept(
            OutboxArrival(
                stream: stream, topic: stream, head: MessageHead(schema: "s/1", id: id, boot: "b"), body: body,
                acceptedAt: time, since: now, onNumber: { told.numbers[id] = $0 }))
    }

    /// What the outbox's thread does in one round.
    func keep(trims: Bool = false) throws {
        for name in queue.strangers { queue.adopt(OutboxStream(), named: name) }
        try load()
        guard let work = queue.begin(now: now, at: time, trims: trims) else { return }
        let trimmed = queue.isStoring ? try store?.perform(work) : nil
        for (tell, number) in queue.finish(work, trimmed: trimmed ?? .init(), at: time) { tell(number) }
    }

    /// A round whose transaction fails, before or after it was written.
    func keepFailing(afterCommit: Bool) throws {
        for name in queue.strangers { queue.adopt(OutboxStream(), named: name) }
        guard let work = queue.begin(now: now, at: time, trims: false) else { return }
        if afterCommit, queue.isStoring { _ = try store?.perform(work) }
        queue.endStoring(work)
        for (tell, number) in queue.finish(work, at: time) { tell(number) }
    }

    /// A round in which the process ends just after the transaction.
    func commitAndCrash() throws {
        for name in queue.strangers { queue.adopt(OutboxStream(), named: name) }
        if let work = queue.begin(now: now, at: time, trims: false), queue.isStoring { _ = try store?.perform(work) }
        try crash()
    }

    func restore() throws {
        guard store != nil, !queue.isStoring else { return }
        let work = queue.beginRestoring()
        _ = try store?.perform(work)
        queue.endRestoring(work, isStored: true)
    }

    func load() throws {
        while queue.needsLoading {
            let (after, count) = queue.wantedFromDisk
            queue.load(try store?.load(after: after, count: count) ?? [])
        }
    }

    /// Sends one message, if one may go.
    func send() -> (departure: OutboxQueue.Departure, identifier: Int32)? {
        guard let departure = queue.next() else { return nil }
        defer { nextIdentifier += 1 }
        queue.departed(departure.ticket, as: nextIdentifier)
        return (departure, nextIdentifier)
    }

    /// Sends everything that may go.
    func sendAll() -> [OutboxQueue.Departure] {
        var sent: [OutboxQueue.Departure] = []
        while let (departure, _) = send() { sent.append(departure) }
        return sent
    }

    /// Sends and acknowledges until nothing waits.
    func drain() throws -> [OutboxQueue.Departure] {
        var sent: [OutboxQueue.Departure] = []
        try keep()
        while let (departure, identifier) = send() {
            sent.append(departure)
            queue.acknowledged(identifier)
            try keep()
        }
        return sent
    }
}

extension DistrustfulSubscriber {
    static func delivery(_ payload: [UInt8]) throws -> Delivery {
        let head = try head(of: payload)
        return Delivery(
            sequence: head.seq, isHistorical: head.historical, droppedBefore: head.droppedBefore ?? 0)
    }
}
