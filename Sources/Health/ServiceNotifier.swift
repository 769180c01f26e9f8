internal import CSystemd
internal import Glibc

/// The line to the service manager: readiness, status, reloads and the watchdog (sd_notify(3)).
///
/// Without `NOTIFY_SOCKET` in the environment nothing is sent and nothing fails, so that the same code runs under
/// systemd, in a container and from a shell.
package struct ServiceNotifier: Sendable {
    package init() {}

    /// Tells the manager all of `states` in one message.
    ///
    /// - Returns: false where no manager listens.
    @discardableResult
    package func notify(_ states: ServiceState...) throws(HealthError) -> Bool {
        let now = Self.monotonicTime
        let message = states.flatMap { $0.assignments(at: now) }.joined(separator: "\n")
        let result = unsafe sd_notify(0, message)
        guard result >= 0 else { throw .notifyRefused(code: -result) }
        return result > 0
    }

    /// The time within which the manager expects progress again and again; nil where it does not watch this process.
    ///
    /// Read from `WATCHDOG_USEC` and `WATCHDOG_PID` (sd_watchdog_enabled(3)). Send `watchdog` twice within it.
    package func watchdogTimeout() throws(HealthError) -> Duration? {
        var microseconds: UInt64 = 0
        let result = unsafe sd_watchdog_enabled(0, &microseconds)
        guard result >= 0 else { throw .watchdogUnreadable(code: -result) }
        return result > 0 ? .microseconds(Int64(clamping: microseconds)) : nil
    }

    private static var monotonicTime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
