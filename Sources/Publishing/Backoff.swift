/// How long to wait before the next attempt: doubling from half a second to half a minute, for ever.
///
/// Jitter keeps forty stations from returning in the same second after a broker's restart.
package struct Backoff: Equatable, Sendable {
    private let shortest: Duration
    private let longest: Duration
    private var failureCount = 0

    package init(shortest: Duration = .milliseconds(500), longest: Duration = .seconds(30)) {
        self.shortest = shortest
        self.longest = longest
    }

    /// The delay before the next attempt.
    ///
    /// - Parameter random: uniform in 0..<1; the delay is between a half and the whole of the present step.
    package mutating func next(random: Double) -> Duration {
        var step = shortest
        for _ in 0..<min(failureCount, 16) where step < longest { step *= 2 }
        failureCount += 1
        return min(step, longest) * (0.5 + 0.5 * random)
    }

    /// To be called when a connection has proved stable, not as soon as it opens: a second client with the same
    /// name would otherwise throw this one out twice a second.
    package mutating func reset() { failureCount = 0 }
}
