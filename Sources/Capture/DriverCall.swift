internal import Synchronization

/// Since when a camera's thread has been at work in its driver, for the one that watches it.
///
/// Time spent waiting for a frame or for the next try does not count.
final class DriverCall: Sendable {
    private let since = Atomic<Int64>(0)
    private let limit = Atomic<Int64>(0)

    /// Opening and starting may take long: a camera answers some requests after seconds. In nanoseconds.
    static let openingLimit: Int64 = 5_000_000_000

    /// Frames are handed over at once. In nanoseconds.
    static let streamingLimit: Int64 = 1_000_000_000

    /// - Parameter limit: in nanoseconds.
    func enter(limit: Int64) {
        self.limit.store(limit, ordering: .relaxed)
        since.store(max(1, MonotonicTime.now.nanoseconds), ordering: .releasing)
    }

    func leave() { since.store(0, ordering: .releasing) }

    /// How long the thread has been away, if that is longer than it may.
    func overdue(at now: MonotonicTime) -> Duration? {
        let since = since.load(ordering: .acquiring)
        guard since > 0 else { return nil }
        let time = now.since(MonotonicTime(nanoseconds: since))
        return time > .nanoseconds(limit.load(ordering: .relaxed)) ? time : nil
    }
}
