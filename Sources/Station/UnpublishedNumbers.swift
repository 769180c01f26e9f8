internal import Publishing
internal import Synchronization

/// The numbers of verdicts where MQTT is switched off: nobody stores these verdicts, so numbers are reserved ahead.
final class UnpublishedNumbers: Sendable {
    private let files: SequenceMarks
    private let marks = Mutex<[String: SequenceMark]>([:])

    init(_ files: SequenceMarks) { self.files = files }

    /// Reserves a line's first block.
    ///
    /// - Returns: the number after which the line goes on, and the mark to write.
    func begin(_ line: LineName) -> (after: UInt64, mark: UInt64?) {
        let former = files.read(line.description) ?? 0
        var mark = SequenceMark(reserved: former)
        let written = mark.reserve(after: former, isStored: false)
        marks.withLock { $0[line.description] = mark }
        return (former, written)
    }

    /// - Returns: the mark to write when few numbers are left.
    func use(_ sequence: UInt64, of line: LineName) -> UInt64? {
        marks.withLock { $0[line.description]?.reserve(after: sequence, isStored: false) }
    }

    /// Writes a mark; the reason when that failed.
    func write(_ mark: UInt64, of line: LineName) -> String? { files.write(mark, of: line.description) }
}
