/// What the watchdog's judge found, and what is to be done.
package struct WatchdogVerdict: Equatable, Sendable {
    package enum Turn: Equatable, Sendable {
        /// The first verdict without progress: say so.
        case withheld
        /// The first verdict with progress again.
        case resumed
    }

    /// What stands still; empty where the station makes progress.
    package let stuck: [StuckPart]
    /// Workers to give up: their frames get a `no_verdict`, and a new worker takes each one's place.
    package let abandon: [Int]
    /// More workers hang than may be given up: end the process, so that it is started afresh.
    package let mustExit: Bool
    /// Set when this verdict differs from the one before, so that it is logged once.
    package let turn: Turn?

    /// Whether the watchdog may be fed.
    package var isProgressing: Bool { stuck.isEmpty }
}

/// One thing that stands still.
package struct StuckPart: Equatable, Sendable, CustomStringConvertible {
    package enum Part: Equatable, Sendable {
        case line(String)
        case worker(Int)
        case publisher
    }

    package enum Reason: Equatable, Sendable {
        /// A frame was taken and has no verdict past its deadline.
        case noVerdict
        /// Nothing happened for longer than it should.
        case silent
        /// Still starting.
        case notStarted
    }

    package let part: Part
    package let reason: Reason
    package let since: SuspendingClock.Instant

    package init(part: Part, reason: Reason, since: SuspendingClock.Instant) {
        self.part = part
        self.reason = reason
        self.since = since
    }

    package var description: String {
        let name =
            switch part {
            case .line(let name): "line \(name)"
            case .worker(let number): "worker \(number)"
            case .publisher: "publisher"
            }
        let what =
            switch reason {
            case .noVerdict: "took a frame and gave no verdict"
            case .silent: "is silent"
            case .notStarted: "does not come to start"
            }
        return "\(name) \(what)"
    }
}
