/// What the outbox's thread calls when the disk begins or ends to take messages.
extension OutboxQueue {
    /// The disk takes no more messages: they wait in memory.
    ///
    /// - Parameter work: what could not be written.
    package mutating func endStoring(_ work: OutboxWork?) {
        isStoring = false
        uncertainFrom = uncertainFrom ?? work?.inserts.first?.position ?? nextPosition
        guard let work else { return }
        deletes = work.deletes + deletes
        unseals.formUnion(work.unseals)
        changedStreams.formUnion(work.streams.keys)
    }

    /// What an earlier run left on disk, seen for the first time.
    ///
    /// Messages that this run numbered before come after it, but for those in flight.
    package mutating func adopt(_ stored: StoredMessages) {
        for (name, stream) in stored.streams { adopt(stream, named: name) }
        backlogCount = stored.count
        loadedThrough = 0
        counters.queued += stored.count
        counters.queuedBytes += stored.bytes
        for index in ready.indices { ready[index].item.position += stored.lastPosition }
        for index in tail.indices { tail[index].item.position += stored.lastPosition }
        nextPosition += stored.lastPosition
        uncertainFrom = stored.lastPosition + 1
        guard stored.count > 0 else { return }
        let kept = ready.firstIndex { !$0.hasDeparted } ?? ready.count
        for index in kept..<ready.count where ready[index].item.delivery != nil { undoSeal(at: index) }
        tail.insert(contentsOf: ready[kept...], at: 0)
        ready.removeSubrange(kept...)
        sealGeneration += 1
    }

    /// The file is gone with all that only it held; what that was, the gaps in the numbers tell.
    package mutating func loseBacklog() {
        counters.dropped += UInt64(backlogCount)
        counters.queued -= backlogCount
        counters.queuedBytes = arrivedBytes + (writing + ready + tail).reduce(0) { $0 + $1.item.body.count }
        backlogCount = 0
        deletes = []
        unseals = []
        uncertainFrom = 1
        for index in ready.indices { ready[index].isStored = false }
    }

    /// Everything that memory knows and the disk may not; `endRestoring` follows.
    package mutating func beginRestoring() -> OutboxWork {
        isRestoring = true
        let unstored = ready.filter { !$0.isStored } + tail
        var work = OutboxWork()
        work.generation = sealGeneration
        work.replacesFrom = uncertainFrom
        work.inserts = unstored.map(\.item)
        work.seals = ready.compactMap { message in
            guard message.isStored, let delivery = message.item.delivery else { return nil }
            return OutboxWork.Seal(position: message.item.position, delivery: delivery, announced: message.announced)
        }
        takeRest(into: &work)
        work.streams = streams
        return work
    }

    package mutating func endRestoring(_ work: OutboxWork, isStored: Bool) {
        isRestoring = false
        guard isStored else { return endStoring(work) }
        isStoring = true
        uncertainFrom = nil
        canReadBacklog = true
        let sealed = Set(work.inserts.lazy.filter { $0.delivery != nil }.map(\.position))
        for index in ready.indices {
            ready[index].isStored = true
            let position = ready[index].item.position
            if ready[index].item.delivery == nil, sealed.contains(position) { unseals.insert(position) }
        }
        var messages = takeTail()
        for index in messages.indices { messages[index].isStored = true }
        if backlogCount == 0, let last = ready.last { loadedThrough = max(loadedThrough, last.item.position) }
        place(messages)
    }

    /// Takes what may wait for company along.
    mutating func takeRest(into work: inout OutboxWork) {
        work.deletes = deletes
        work.unseals = unseals.subtracting(work.seals.map(\.position)).sorted()
        for name in changedStreams { work.streams[name] = streams[name] }
        deletes = []
        unseals = []
        changedStreams = []
    }

    /// Whether messages should be read back from disk.
    package var needsLoading: Bool { reachableBacklog > 0 && ready.count < Self.readyLimit / 4 }

    /// The disk does not give back what it has: what memory holds goes out meanwhile.
    package mutating func giveUpReading() { canReadBacklog = false }

    var reachableBacklog: Int { canReadBacklog ? backlogCount : 0 }

    /// From where, and how many.
    package var wantedFromDisk: (after: Int64, count: Int) { (loadedThrough, Self.readyLimit / 2) }

    /// Messages that were read back, in order; none when there are none left.
    package mutating func load(_ items: [OutboxItem]) {
        let known = Set(ready.map(\.item.position)).union(deletes)
        for item in items {
            loadedThrough = max(loadedThrough, item.position)
            guard !known.contains(item.position) else { continue }
            backlogCount = max(0, backlogCount - 1)
            ready.append(WaitingMessage(item: item, isStored: true, hasDeparted: item.delivery != nil))
            guard item.delivery != nil else { continue }
            departed[item.stream] = max(departed[item.stream] ?? 0, item.sequence)
            streams[item.stream, default: OutboxStream()].sealed = max(
                streams[item.stream]?.sealed ?? 0, item.sequence)
        }
        if items.isEmpty {
            counters.queued -= backlogCount
            backlogCount = 0
        }
    }
}
