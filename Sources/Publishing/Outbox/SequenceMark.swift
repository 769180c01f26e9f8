/// How far a stream's numbers are reserved outside the outbox, so that none is used twice whatever becomes of it.
///
/// The mark is written before a number beyond it is used: one small write for hundreds of messages. While all messages
/// are stored it stays within `block` of the highest number; whoever uses numbers without storing them moves it further
/// away, and the next start that finds it so far away goes on above it.
package struct SequenceMark: Equatable, Sendable {
    package static let block: UInt64 = 1000

    /// How far a mark is ahead of the numbers used at most.
    package static let reach = block * 2 + block / 2

    /// The highest number that may have been used.
    package private(set) var reserved: UInt64

    /// - Parameter reserved: what an earlier run reserved; 0 for a new line.
    package init(reserved: UInt64) { self.reserved = reserved }

    /// Makes sure that half a block is left after `used`; two blocks where numbers are used that nobody stores.
    ///
    /// - Returns: the mark to be written before it is relied on; nil while enough is left.
    package mutating func reserve(after used: UInt64, isStored: Bool = true) -> UInt64? {
        let least = isStored ? Self.block / 2 : Self.block * 2
        let (needed, overflow) = used.addingReportingOverflow(least)
        guard !overflow, needed > reserved else { return nil }
        reserved = used.addingReportingOverflow(least + Self.block / 2).partialValue
        return reserved
    }

    /// Comes back to within a block of `used`: all numbers up to it are stored.
    package mutating func settle(at used: UInt64) -> UInt64? {
        guard reserved > used.addingReportingOverflow(Self.block).partialValue else { return nil }
        reserved = used + Self.block
        return reserved
    }

    /// Whether numbers beyond `stored` may have been used that are stored nowhere.
    package func tellsOfMore(than stored: UInt64) -> Bool {
        reserved > stored && reserved - stored >= Self.block + Self.block / 2
    }
}
