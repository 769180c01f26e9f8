/// A numbered message and where it stands.
struct WaitingMessage: Sendable {
    var item: OutboxItem

    /// Nil for one that was read back from disk.
    var origin: Origin?
    var isStored = false

    /// It may have reached the broker; from then on it never changes.
    var hasDeparted = false

    /// What of its announcement is not a gap in the numbers.
    var announced: UInt64 = 0
    var ticket: UInt64 = 0
    var identifier: Int32?

    struct Origin: Sendable {
        let connection: UInt64
        let since: ContinuousClock.Instant
        let onNumber: (@Sendable (UInt64) -> Void)?
    }
}
