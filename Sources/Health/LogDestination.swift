internal import Glibc

/// Where log messages go.
package enum LogDestination: Equatable, Sendable {
    /// journald, with fields.
    case journal
    /// Lines of text on standard error.
    case standardError

    /// The journal where standard error is connected to it, which `JOURNAL_STREAM` tells (systemd.exec(5)).
    package static var detected: LogDestination {
        guard let value = unsafe getenv("JOURNAL_STREAM") else { return .standardError }
        var facts = stat()
        guard unsafe fstat(STDERR_FILENO, &facts) == 0 else { return .standardError }
        let parts = unsafe String(cString: value).split(separator: ":").map { UInt64($0) }
        let isStream = parts == [UInt64(facts.st_dev), UInt64(facts.st_ino)]
        return unsafe isStream && access("/run/systemd/journal/socket", W_OK) == 0 ? .journal : .standardError
    }
}
