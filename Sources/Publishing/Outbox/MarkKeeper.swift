/// The marks of an outbox's streams as they were last written.
struct MarkKeeper {
    private let files: SequenceMarks
    private var marks: [String: SequenceMark] = [:]

    init(_ files: SequenceMarks) { self.files = files }

    /// The highest number that a stream may have used.
    mutating func read(_ stream: String) -> UInt64 {
        let mark = marks[stream] ?? SequenceMark(reserved: files.read(stream))
        marks[stream] = mark
        return mark.reserved
    }

    /// The number above which to go on, when more may have been used than the `stored` one.
    mutating func beyond(_ stored: UInt64, of stream: String) -> UInt64? {
        let reserved = read(stream)
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
            var mark = SequenceMark(reserved: read(stream))
            guard let reserved = change(&mark, number) else { continue }
            if let reason = files.write(reserved, of: stream) {
                problem = reason
            } else {
                marks[stream] = mark
            }
        }
        return problem
    }
}
