internal import Glibc

/// What can go wrong between the daemon and systemd.
package enum HealthError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The service manager's socket did not take a message.
    case notifyRefused(code: Int32)
    /// `WATCHDOG_USEC` or `WATCHDOG_PID` are not numbers.
    case watchdogUnreadable(code: Int32)

    package var description: String {
        switch self {
        case .notifyRefused(let code):
            "the service manager's socket (NOTIFY_SOCKET) refused a message: \(Self.reason(code)); "
                + "the unit needs Type=notify"
        case .watchdogUnreadable(let code):
            "WATCHDOG_USEC or WATCHDOG_PID in the environment is not valid: \(Self.reason(code)); "
                + "leave both to the service manager"
        }
    }

    private static func reason(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
