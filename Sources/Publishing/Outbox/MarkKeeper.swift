/// The marks of an outbox's streams as they were last written.
///
/// Where the disk does not take a mark it goes to a second folder, which outlives the process though perhaps not the
/// machine.
struct MarkKeeper {
    private let disk: DiskThread

    /// How long the disk may take for each.
    var limit: Duration
    private let fallback: SequenceMarks?
    private var marks: [String: SequenceMark] = [:]

    init(on disk: DiskThread, within limit: Duration, fallback: SequenceMarks?) {
        self.disk = disk
        self.limit = limit
        self.fallback = fallback
    }

    /// The highest number that a stream may have used; nil where that cannot be told.
    mutating func read(_ stream: String) -> UInt64? {
        if let mark = marks[stream] { return mark.reserved }
        let stored = disk.perform(within: limit) { $0.marks.read(stream) }
        guard let stored, let stored, let other = fallback.map({ $0.read(stream) }) ?? 0 else { return nil }
        let mark = SequenceMark(reserved: max(stored, other))
        marks[stream] = mark
        return mark.reserved
    }

    /// A stream's numbers begin here, whatever was reserved.
    mutating func begin(_ stream: String, after number: UInt64) { marks[stream] = SequenceMark(reserved: number) }

    /// The number above which to go on, when more may have been used than the `stored` one.
    mutating func beyond(_ stored: UInt64, of stream: String) -> UInt64? {
        guard let reserved = read(stream) else { return nil }
        return SequenceMark(reserved: reserved).tellsOfMore(than: stored) ? reserved : nil
    }

    /// Sees to it that enough numbers are reserved above those used.
    ///
    /// - Returns: why one could not be written.
    mutating func reserve(_ used: [String: UInt64], isStored: Bool) -> String? {
        write(used) { $0.reserve(after: $1, isStored: isStored) }
    }

    /// Takes back what is reserved too far ahead: all numbers used are stored.
    mutating func settle(_ used: [String: UInt64]) -> String? { write(used) { $0.settle(at: $1) } }

    private mutating func write(
        _ used: [String: UInt64], _ change: (inout SequenceMark, UInt64) -> UInt64?
    ) -> String? {
        var problem: String?
        for (stream, number) in used {
            guard var mark = read(stream).map({ SequenceMark(reserved: $0) }) else {
                problem = "the disk does not tell what is reserved"
                continue
            }
            guard let reserved = change(&mark, number) else { continue }
            if let reason = put(reserved, of: stream) {
                problem = reason
            } else {
                marks[stream] = mark
            }
        }
        return problem
    }

    private func put(_ mark: UInt64, of stream: String) -> String? {
        let written = disk.perform(within: limit) { $0.marks.write(mark, of: stream) }
        if case .some(nil) = written {
            fallback?.remove(stream)
            return nil
        }
        let problem = (written ?? nil) ?? "the disk does not answer"
        guard let fallback else { return problem }
        return fallback.write(mark, of: stream) == nil ? nil : problem
    }
}
