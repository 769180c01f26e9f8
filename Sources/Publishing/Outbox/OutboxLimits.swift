/// How much may wait for the broker, and how long.
package struct OutboxLimits: Equatable, Sendable {
    /// Messages that wait at most, and the bytes of their bodies, while the disk takes them.
    package var rows: Int
    package var bytes: Int

    /// What waited longer is given up.
    package var age: Duration

    /// The same while there is no disk; never more than `rows` and `bytes`.
    package var memoryRows: Int
    package var memoryBytes: Int

    /// Messages in flight at most.
    package var window: Int

    /// The shortest time between the beginnings of two commits, so that messages share one; 0.2 s at most.
    package var commitInterval: Duration

    /// A message that waited longer is historical even on the connection it was made during.
    package var lateAfter = Duration.seconds(10)

    /// - Precondition: rows and window are at least 1, bytes not negative.
    package init(
        rows: Int = 100_000, bytes: Int = 256 << 20, age: Duration = .seconds(7 * 86_400), memoryRows: Int = 10_000,
        memoryBytes: Int = 32 << 20, window: Int = 20, commitInterval: Duration = .milliseconds(20)
    ) {
        precondition(rows >= 1 && window >= 1 && bytes >= 0)
        self.rows = rows
        self.bytes = bytes
        self.age = age
        self.memoryRows = min(rows, max(1, memoryRows))
        self.memoryBytes = min(bytes, memoryBytes)
        self.window = window
        self.commitInterval = min(commitInterval, .milliseconds(200))
    }
}
