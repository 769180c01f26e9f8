/// One thing a service tells its service manager (sd_notify(3)).
package enum ServiceState: Equatable, Sendable {
    case ready
    /// One line for `systemctl status`.
    case status(String)
    /// The settings are being read again; `ready` follows.
    case reloading
    case stopping
    /// The service made progress.
    case watchdog
    /// The service knows that it is stuck and asks to be treated as if the watchdog had run out.
    case watchdogTrigger
    /// Starting, reloading or stopping takes at least this much longer.
    case extendTimeout(Duration)

    /// The assignments of the notify protocol.
    ///
    /// - Parameter now: the monotonic clock, which the manager compares with its own reload request.
    func assignments(at now: Duration) -> [String] {
        switch self {
        case .ready: ["READY=1"]
        case .status(let text): ["STATUS=\(String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 }))"]
        case .reloading: ["RELOADING=1", "MONOTONIC_USEC=\(now.wholeMicroseconds)"]
        case .stopping: ["STOPPING=1"]
        case .watchdog: ["WATCHDOG=1"]
        case .watchdogTrigger: ["WATCHDOG=trigger"]
        case .extendTimeout(let time): ["EXTEND_TIMEOUT_USEC=\(max(0, time.wholeMicroseconds))"]
        }
    }
}

extension Duration {
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1_000_000).partialValue &+ attoseconds / 1_000_000_000_000
    }
}
