/// What every part of the station last did, as the watchdog sees it.
///
/// Times are readings of `SuspendingClock`: a box that slept has not been stuck.
package struct ProgressReport: Sendable {
    /// The enabled lines.
    package var lines: [LineProgress]
    /// All worker threads that have not ended, abandoned ones too.
    package var workers: [WorkerProgress]
    package var publisher: PublisherProgress

    package init(lines: [LineProgress], workers: [WorkerProgress], publisher: PublisherProgress) {
        self.lines = lines
        self.workers = workers
        self.publisher = publisher
    }
}

/// What a line does.
package enum LineState: Equatable, Sendable {
    case starting(since: SuspendingClock.Instant)
    /// Frames come in by themselves and are judged.
    case judging(since: SuspendingClock.Instant)
    /// The self-test passed; the line waits for a trigger or a frame and may be idle for ever.
    case armed
    /// The line cannot judge and has said so, with the reason's code.
    case degraded(reason: String)
}

package struct LineProgress: Sendable {
    package var name: String
    package var state: LineState
    /// When the oldest frame was taken that has no verdict yet; nil where every taken frame has one.
    package var unansweredSince: SuspendingClock.Instant?
    package var lastVerdict: SuspendingClock.Instant?
    /// The time a frame's verdict may take.
    package var deadline: Duration
    /// The usual time between two frames.
    package var frameInterval: Duration

    package init(
        name: String, state: LineState, unansweredSince: SuspendingClock.Instant?,
        lastVerdict: SuspendingClock.Instant?, deadline: Duration, frameInterval: Duration
    ) {
        self.name = name
        self.state = state
        self.unansweredSince = unansweredSince
        self.lastVerdict = lastVerdict
        self.deadline = deadline
        self.frameInterval = frameInterval
    }
}

package struct WorkerProgress: Sendable {
    /// Never used again for another thread.
    package var number: Int
    /// When the frame in hand was taken, and the time its verdict may take; nil for a free worker.
    package var work: (since: SuspendingClock.Instant, deadline: Duration)?

    package init(number: Int, work: (since: SuspendingClock.Instant, deadline: Duration)?) {
        self.number = number
        self.work = work
    }
}

package enum PublisherProgress: Equatable, Sendable {
    /// Publishing is switched off, or the broker is away and that was said.
    case degraded
    /// The last time the publisher's loop went round.
    case active(last: SuspendingClock.Instant)
}
