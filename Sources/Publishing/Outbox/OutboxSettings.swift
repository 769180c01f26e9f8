/// Where the outbox keeps messages and how many.
package struct OutboxSettings: Sendable {
    /// The folder of the database and of the marks; nil for memory alone.
    package var folder: String?

    /// Where marks go that `folder` does not take.
    package var markFallback: String?
    package var limits: OutboxLimits

    /// How soon a disk that failed is tried again, and how seldom in the end.
    package var firstRetry: Duration
    package var lastRetry: Duration

    /// How long the disk may take for one thing before messages go on without it.
    package var diskPatience: Duration

    /// The same before anything is known of it: which numbers are used is worth waiting for.
    package var firstPatience = Duration.seconds(60)

    /// The time of day.
    package var clock: @Sendable () -> Timestamp

    package init(
        folder: String? = nil, markFallback: String? = nil, limits: OutboxLimits = OutboxLimits(),
        firstRetry: Duration = .seconds(2), lastRetry: Duration = .seconds(30),
        diskPatience: Duration = .seconds(3), clock: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.folder = folder
        self.markFallback = markFallback
        self.limits = limits
        self.firstRetry = firstRetry
        self.lastRetry = lastRetry
        self.diskPatience = diskPatience
        self.clock = clock
    }
}
