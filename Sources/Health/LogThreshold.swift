package import Logging
internal import Synchronization

/// The least severe level that is written, shared by all loggers so that a reload can change it.
package final class LogThreshold: Sendable {
    private let stored: Mutex<Logger.Level>

    package init(_ level: Logger.Level) { stored = Mutex(level) }

    package var level: Logger.Level {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
