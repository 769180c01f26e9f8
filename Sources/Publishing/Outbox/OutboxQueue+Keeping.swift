/// What the outbox's thread calls to have messages numbered, sealed and written.
extension OutboxQueue {
    /// Streams of which a message came and nothing is known yet.
    package var strangers: Set<String> {
        Set(arrivals.map(\.stream)).union(lostArrivals.keys).subtracting(streams.keys)
    }

    /// What is known of a stream before its first message of this run.
    package mutating func adopt(_ stream: OutboxStream, named name: String) {
        guard streams[name] == nil else { return }
        streams[name] = stream
        departed[name] = stream.sealed
        changedStreams.insert(name)
    }

    /// Whether there is something to do that someone waits for.
    package var isUrgent: Bool {
        !arrivals.isEmpty || canSeal || canFillFromTail || needsLoading
    }

    /// Whether there is something to write that may wait for company.
    package var hasRest: Bool { isStoring && !(deletes.isEmpty && unseals.isEmpty && changedStreams.isEmpty) }

    private var canSeal: Bool {
        guard connection > 0, let index = ready.firstIndex(where: { $0.item.delivery == nil }) else { return false }
        return mayBeSealed(ready[index], at: index)
    }

    private var canFillFromTail: Bool { reachableBacklog == 0 && !tail.isEmpty && ready.count < Self.readyLimit / 4 }

    /// Takes what is to be written; `finish` follows before the next, after `endStoring` if it could not be written.
    ///
    /// - Parameter trims: looks for messages that became too old.
    /// - Returns: nil when there is nothing to do.
    package mutating func begin(now: ContinuousClock.Instant, at time: Timestamp, trims: Bool) -> OutboxWork? {
        var work = OutboxWork()
        work.generation = sealGeneration
        if canFillFromTail { place(takeTail()) }
        number()
        if connection > 0 { seal(&work, now: now) }
        work.inserts = writing.map(\.item)
        guard isStoring else { return work.inserts.isEmpty && work.seals.isEmpty && !trims ? nil : work }
        takeRest(into: &work)
        let trim = OutboxWork.Trim(
            rows: max(0, counters.queued - arrivals.count - limits.rows),
            bytes: max(0, counters.queuedBytes - arrivedBytes - limits.bytes),
            madeBefore: time.advanced(by: .zero - limits.age))
        if trim.rows > 0 || trim.bytes > 0 || trims { work.trim = trim }
        return work.isEmpty ? nil : work
    }

    private mutating func number() {
        for (stream, count) in lostArrivals {
            streams[stream, default: OutboxStream()].last += count
            changedStreams.insert(stream)
        }
        lostArrivals = [:]
        for arrival in arrivals {
            streams[arrival.stream, default: OutboxStream()].last += 1
            changedStreams.insert(arrival.stream)
            let item = OutboxItem(
                position: nextPosition, stream: arrival.stream, sequence: streams[arrival.stream]?.last ?? 1,
                topic: arrival.topic, head: arrival.head, body: arrival.body, acceptedAt: arrival.acceptedAt)
            nextPosition += 1
            let origin = WaitingMessage.Origin(
                connection: arrival.connection, since: arrival.since, onNumber: arrival.onNumber)
            writing.append(WaitingMessage(item: item, origin: origin))
        }
        arrivals = []
        arrivedBytes = 0
    }
}
