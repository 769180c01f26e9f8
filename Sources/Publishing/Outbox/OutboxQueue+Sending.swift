/// What the network thread calls.
extension OutboxQueue {
    /// A broker accepted the connection: everything not yet acknowledged is to be sent (again).
    package mutating func opened() {
        counters.connections += 1
        connection = counters.connections
        forgetConnection()
    }

    /// The connection broke.
    package mutating func closed() {
        connection = 0
        forgetConnection()
    }

    private mutating func forgetConnection() {
        departedCount = 0
        for index in ready.indices { ready[index].identifier = nil }
        unsealUndeparted(from: 0)
    }

    /// What was sealed and did not go out will be late, or announces more.
    private mutating func unsealUndeparted(from start: Int) {
        for index in ready.indices.dropFirst(start) where !ready[index].hasDeparted && ready[index].item.delivery != nil
        {
            undoSeal(at: index)
        }
        for (stream, announced) in writingAnnounced { undo(announced, of: stream) }
        writingAnnounced = [:]
        sealGeneration += 1
    }

    mutating func undoSeal(at index: Int) {
        undo(ready[index].announced, of: ready[index].item.stream)
        ready[index].announced = 0
        ready[index].item.delivery = nil
        if ready[index].isStored { unseals.insert(ready[index].item.position) }
    }

    private mutating func undo(_ announced: UInt64, of stream: String) {
        streams[stream]?.givenUp += announced
        streams[stream]?.sealed = departed[stream] ?? 0
        changedStreams.insert(stream)
    }

    /// The next message to send; nothing while there is no connection, the window is full or nothing is ready.
    ///
    /// It stays next until `departed` or `unsendable` is called with its ticket.
    package mutating func next() -> Departure? {
        guard connection > 0, departedCount < limits.window, departedCount < ready.count else { return nil }
        guard let delivery = ready[departedCount].item.delivery else { return nil }
        if ready[departedCount].ticket == 0 {
            ready[departedCount].ticket = nextTicket
            nextTicket += 1
        }
        let message = ready[departedCount]
        return Departure(
            ticket: message.ticket, topic: message.item.topic,
            payload: message.item.head.sealed(delivery, body: message.item.body))
    }

    /// The message was handed to the connection under `identifier`.
    package mutating func departed(_ ticket: UInt64, as identifier: Int32) {
        guard departedCount < ready.count, ready[departedCount].ticket == ticket else { return }
        ready[departedCount].identifier = identifier
        ready[departedCount].hasDeparted = true
        let item = ready[departedCount].item
        departed[item.stream] = max(departed[item.stream] ?? 0, item.sequence)
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
        guard let message = remove(identifier) else { return false }
        giveUp(message)
        return true
    }

    /// The message can never be sent, being larger than the broker allows.
    package mutating func unsendable(_ ticket: UInt64) {
        guard departedCount < ready.count, ready[departedCount].ticket == ticket else { return }
        unsealUndeparted(from: departedCount)
        let message = ready.remove(at: departedCount)
        settle(message)
        giveUp(message)
    }

    /// The broker ends each connection at the message; to be called before the connection's end is told.
    package mutating func giveUp(_ ticket: UInt64) {
        guard let index = ready[..<departedCount].firstIndex(where: { $0.ticket == ticket }) else { return }
        giveUp(removeDeparted(at: index))
    }

    private mutating func remove(_ identifier: Int32) -> WaitingMessage? {
        guard let index = ready[..<departedCount].firstIndex(where: { $0.identifier == identifier }) else { return nil }
        return removeDeparted(at: index)
    }

    private mutating func removeDeparted(at index: Int) -> WaitingMessage {
        let message = ready.remove(at: index)
        departedCount -= 1
        settle(message)
        return message
    }

    private mutating func settle(_ message: WaitingMessage) {
        forget(message.item.body.count)
        unseals.remove(message.item.position)
        if message.isStored || isRestoring { deletes.append(message.item.position) }
    }
}
