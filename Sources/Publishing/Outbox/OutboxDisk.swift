/// What the outbox has on its disk; every call may take as long as the disk likes.
struct OutboxDisk: ~Copyable {
    let file: OutboxFile
    let marks: SequenceMarks
    private var store: OutboxStore?

    init(folder: String) {
        file = OutboxFile(folder: folder)
        marks = SequenceMarks(folder: folder)
    }

    /// Opens the file unless it is open.
    ///
    /// - Returns: what it held when it was opened.
    mutating func open() throws(OutboxFault) -> StoredMessages {
        if let stored = store?.stored { return stored }
        let opened = try file.open()
        let stored = opened.stored
        store = consume opened
        return stored
    }

    mutating func letGo() { store = nil }

    func perform(_ work: OutboxWork) throws(OutboxFault) -> OutboxWork.Trimmed {
        guard let trimmed = try store?.perform(work) else { throw Self.notOpen }
        return trimmed
    }

    func load(after position: Int64, count: Int) throws(OutboxFault) -> [OutboxItem] {
        guard let items = try store?.load(after: position, count: count) else { throw Self.notOpen }
        return items
    }

    func shrink() throws(OutboxFault) { _ = try store?.shrink() }

    mutating func close() throws(OutboxFault) { try store.take()?.close() }

    /// Moves a damaged file away.
    ///
    /// - Returns: where it is now, and the numbers in it that can still be read.
    mutating func setAside(
        at time: Timestamp, salvaging: Bool
    ) throws(OutboxFault) -> (place: String, streams: [String: OutboxStream]) {
        store = nil
        let streams = salvaging ? file.salvage() : [:]
        return (try file.setAside(at: time), streams)
    }

    private static var notOpen: OutboxFault { .unusable(reason: "the file is not open") }
}
