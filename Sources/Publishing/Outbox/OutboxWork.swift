/// What is to be written in one transaction before anything of it may be seen outside.
package struct OutboxWork: Equatable, Sendable {
    /// New messages, oldest first; those that may go out at once have their delivery.
    package var inserts: [OutboxItem] = []

    /// How messages that are already stored go out.
    package var seals: [Seal] = []

    /// Positions of messages that were stored as sealed and are not any more.
    package var unseals: [Int64] = []

    /// Positions that the broker acknowledged or that were given up.
    package var deletes: [Int64] = []

    /// The streams whose numbers changed.
    package var streams: [String: OutboxStream] = [:]

    /// Whatever is stored from this position on goes first: it may or may not be what memory says.
    package var replacesFrom: Int64?
    package var trim: Trim?

    /// The state of the seals on which this work rests.
    var generation: UInt64 = 0

    package init() {}

    /// Nothing would be written.
    package var isEmpty: Bool {
        inserts.isEmpty && seals.isEmpty && unseals.isEmpty && deletes.isEmpty && streams.isEmpty && trim == nil
    }

    package struct Seal: Equatable, Sendable {
        package let position: Int64
        package let delivery: Delivery

        /// What of `droppedBefore` is not a gap in the numbers.
        let announced: UInt64
    }

    /// What has to be given up, the oldest first of those not yet made ready to go out.
    package struct Trim: Equatable, Sendable {
        package var rows: Int
        package var bytes: Int
        package var madeBefore: Timestamp
    }

    /// What a transaction gave up.
    package struct Trimmed: Equatable, Sendable {
        package var positions: [Int64] = []
        package var bytes = 0

        package init(positions: [Int64] = [], bytes: Int = 0) {
            self.positions = positions
            self.bytes = bytes
        }
    }
}
