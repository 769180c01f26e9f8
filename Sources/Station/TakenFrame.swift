internal import Capture
internal import Publishing
internal import Settings

/// A frame in a worker's hands, with the orders it is judged by and the ticket of its answer.
struct TakenFrame: ~Copyable, Sendable {
    let frame: Frame
    let line: Line
    let facts: FrameFacts
}

/// What is known of a taken frame apart from its pixels; outlives the loan.
struct FrameFacts: Sendable {
    /// Its place in the order of the line's verdicts.
    let ticket: UInt64
    let orders: LineOrders

    /// What it is judged for, at least one.
    let occasions: [Occasion]
    let sequence: UInt32
    let lostBefore: Int
    let capturedAt: MonotonicTime
    let takenAt: MonotonicTime

    /// For the watchdog, whose clock stands still while the box sleeps.
    let since: SuspendingClock.Instant

    var waited: Duration { takenAt.since(capturedAt) }

    /// Until the verdict is due, counted from when the frame was taken where it cannot be stale.
    var timeLeft: Duration {
        let start = orders.mayBeStale ? capturedAt : takenAt
        return max(.zero, orders.settings.deadline - MonotonicTime.now.since(start))
    }

    /// Whether a verdict that is there now comes too late to be of use.
    ///
    /// A command has a deadline of its own, which its line watches.
    func isLate(at moment: MonotonicTime) -> Bool {
        guard orders.mayBeStale, occasions.allSatisfy({ $0.order == nil }) else { return false }
        return moment.since(capturedAt) > orders.settings.deadline
    }

    /// The frame as the verdict tells of it.
    func stamp(width: Int, height: Int, format: String) -> FrameStamp {
        let age = MonotonicTime.now.since(capturedAt)
        return FrameStamp(
            sequence: UInt64(sequence), capturedAt: Timestamp.now().advanced(by: .zero - age), width: width,
            height: height, format: format, lostBefore: UInt64(max(0, lostBefore)))
    }
}
