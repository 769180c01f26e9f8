/// What makes a line judge a frame.
package enum TriggerSettings: Equatable, Sendable {
    /// Every frame that a worker is free for.
    case freeRun
    /// One frame each time the interval has passed.
    case timer(interval: Duration)

    /// The names in the settings file.
    enum Mode: String, CaseIterable {
        case freeRun = "free-run"
        case timer
    }
}
