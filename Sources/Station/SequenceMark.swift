/// How far a line's verdict numbers are reserved, so that none is used twice, not even after a power cut.
///
/// Numbers are reserved in blocks and the end of the block is written before any of it is used: one small write for a
/// thousand verdicts. What a run leaves unused of its block is skipped by the next.
package struct SequenceMark: Equatable, Sendable {
    package static let block: UInt64 = 1000

    /// The highest number that may have been used.
    package private(set) var reserved: UInt64

    /// - Parameter reserved: what an earlier run reserved; 0 for a new line.
    package init(reserved: UInt64) { self.reserved = reserved }

    /// Makes sure that half a block is left after `used`.
    ///
    /// - Returns: the mark to be written before it is relied on; nil while enough is left.
    package mutating func reserve(after used: UInt64) -> UInt64? {
        let (needed, overflow) = used.addingReportingOverflow(Self.block / 2)
        guard !overflow, needed > reserved else { return nil }
        reserved = used.addingReportingOverflow(Self.block).partialValue
        return reserved
    }
}
