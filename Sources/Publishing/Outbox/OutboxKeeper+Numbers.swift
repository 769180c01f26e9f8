/// How the outbox's thread learns which numbers are used, and sees to it that none is used twice.
extension OutboxKeeper {
    mutating func learn(_ name: String) {
        guard marks != nil else { return outbox.withQueue { $0.adopt(OutboxStream(), named: name) } }
        guard let mark = marks?.read(name) else { return begin(name) }
        let known = hasSeenFile && !hasLostNumbers
        let stream = OutboxStream(last: mark, sealed: known ? mark : mark - min(mark, SequenceMark.reach))
        outbox.withQueue { $0.adopt(stream, named: name) }
    }

    /// What the stream has used cannot be told now: it goes on far above whatever that may be, and says so.
    private mutating func begin(_ name: String) {
        let number = UInt64(clamping: settings.clock().milliseconds)
        marks?.begin(name, after: number)
        outbox.withQueue { $0.adopt(OutboxStream(last: number), named: name) }
    }

    /// No number is seen outside before its mark is written.
    mutating func reserveNumbers() {
        guard marks != nil else { return }
        let (streams, isStored) = outbox.withQueue { ($0.streams.mapValues(\.last), $0.isStoring) }
        let problem = marks?.reserve(streams, isStored: isStored)
        if let problem, !toldUnreserved { observe(.numbersUnreserved(reason: problem)) }
        toldUnreserved = problem != nil
    }
}
