extension OutboxQueue {
    /// Seals what may go out next: within the window, and ahead of it what is late whatever happens.
    mutating func seal(_ work: inout OutboxWork, now: ContinuousClock.Instant) {
        var place = ready.firstIndex { $0.item.delivery == nil } ?? ready.count
        while place < ready.count, mayBeSealed(ready[place], at: place) {
            let (delivery, announced) = delivery(of: ready[place], now: now)
            work.seals.append(
                OutboxWork.Seal(position: ready[place].item.position, delivery: delivery, announced: announced))
            place += 1
        }
        guard place == ready.count, reachableBacklog == 0, tail.isEmpty else { return }
        for index in writing.indices {
            guard mayBeSealed(writing[index], at: place) else { return }
            let (delivery, announced) = delivery(of: writing[index], now: now)
            writing[index].item.delivery = delivery
            writing[index].announced = announced
            place += 1
        }
    }

    func mayBeSealed(_ message: WaitingMessage, at place: Int) -> Bool {
        place < limits.window || (place < Self.sealedAheadLimit && wasMadeElsewhere(message))
    }

    /// Before this connection, or so long ago that it had to be read back.
    private func wasMadeElsewhere(_ message: WaitingMessage) -> Bool {
        message.origin.map { $0.connection != connection } ?? true
    }

    private mutating func delivery(
        of message: WaitingMessage, now: ContinuousClock.Instant
    ) -> (Delivery, announced: UInt64) {
        let item = message.item
        var stream = streams[item.stream] ?? OutboxStream()
        let announced = stream.givenUp
        let isLate = wasMadeElsewhere(message) || message.origin.map { now - $0.since > limits.lateAfter } ?? true
        let delivery = Delivery(
            sequence: item.sequence, isHistorical: isLate, droppedBefore: stream.droppedBefore(item.sequence))
        stream.givenUp = 0
        stream.sealed = max(stream.sealed, item.sequence)
        streams[item.stream] = stream
        changedStreams.insert(item.stream)
        writingAnnounced[item.stream, default: 0] += announced
        return (delivery, announced)
    }
}
