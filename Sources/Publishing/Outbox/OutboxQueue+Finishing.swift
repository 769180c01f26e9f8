/// What the outbox's thread calls when its work is done, or cannot be done.
extension OutboxQueue {
    /// What was begun is written, or remembered where nothing is stored: it may be seen outside.
    ///
    /// - Returns: who is to be told which number.
    package mutating func finish(
        _ work: OutboxWork, trimmed: OutboxWork.Trimmed = OutboxWork.Trimmed(), at time: Timestamp
    ) -> [(tell: @Sendable (UInt64) -> Void, number: UInt64)] {
        let numbers = writing.compactMap { message in
            message.origin?.onNumber.map { (tell: $0, number: message.item.sequence) }
        }
        settleSeals(work)
        for index in writing.indices { writing[index].isStored = isStoring }
        let gone = Set(trimmed.positions)
        if !gone.isEmpty {
            let before = ready.count + writing.count
            ready.removeAll { gone.contains($0.item.position) }
            writing.removeAll { gone.contains($0.item.position) }
            backlogCount -= gone.count - (before - ready.count - writing.count)
            counters.dropped += UInt64(gone.count)
            counters.queued -= gone.count
            counters.queuedBytes -= trimmed.bytes
        }
        let written = writing
        writing = []
        place(written)
        if !isStoring { dropFromMemory(at: time) }
        return numbers
    }

    /// Seals hold unless the connection on which they rest is gone.
    private mutating func settleSeals(_ work: OutboxWork) {
        let theyHold = work.generation == sealGeneration
        let seals = Dictionary(work.seals.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
        for index in ready.indices {
            guard let seal = seals[ready[index].item.position] else { continue }
            if theyHold {
                ready[index].item.delivery = seal.delivery
                ready[index].announced = seal.announced
            } else if ready[index].isStored {
                unseals.insert(seal.position)
            }
        }
        if !theyHold {
            for index in writing.indices where writing[index].item.delivery != nil {
                writing[index].item.delivery = nil
                writing[index].announced = 0
                if isStoring { unseals.insert(writing[index].item.position) }
            }
        }
        writingAnnounced = [:]
    }

    /// Puts numbered messages where they wait, in order.
    mutating func place(_ messages: [WaitingMessage]) {
        var bytes = ready.reduce(0) { $0 + $1.item.body.count }
        for message in messages {
            let fits =
                ready.count < Self.readyLimit / 4 || (ready.count < Self.readyLimit && bytes < Self.readyByteLimit)
            if reachableBacklog == 0, tail.isEmpty, fits || message.item.delivery != nil {
                ready.append(message)
                bytes += message.item.body.count
                if message.isStored { loadedThrough = max(loadedThrough, message.item.position) }
            } else if message.isStored {
                backlogCount += 1
            } else {
                tail.append(message)
            }
        }
    }

    mutating func takeTail() -> [WaitingMessage] {
        defer { tail = [] }
        return tail
    }

    /// Keeps within bounds what only memory holds: the oldest goes that was not sealed.
    private mutating func dropFromMemory(at time: Timestamp) {
        let limit = time.advanced(by: .zero - limits.age)
        let unstored = ready.lazy.filter { !$0.isStored } + tail
        var rows = unstored.count
        var bytes = unstored.reduce(0) { $0 + $1.item.body.count }
        while let (isReady, index) = oldestToDrop() {
            let message = isReady ? ready[index] : tail[index]
            let isTooOld = message.item.acceptedAt < limit && message.item.acceptedAt.isPlausible
            guard rows > limits.memoryRows || bytes > limits.memoryBytes || isTooOld else { return }
            if isReady { ready.remove(at: index) } else { tail.remove(at: index) }
            rows -= 1
            bytes -= message.item.body.count
            forget(message.item.body.count)
            giveUp(message)
        }
    }

    private func oldestToDrop() -> (isReady: Bool, index: Int)? {
        if let index = ready.firstIndex(where: { !$0.isStored && $0.item.delivery == nil }) { return (true, index) }
        return tail.isEmpty ? nil : (false, 0)
    }
}
