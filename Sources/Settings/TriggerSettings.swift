/// What makes a line judge a frame.
package enum TriggerSettings: Equatable, Sendable {
    /// Every frame that a worker is free for.
    case freeRun
    /// One frame each time the interval has passed.
    case timer(interval: Duration)
    /// One frame a command; the delay runs from the command to the earliest exposure.
    case command(delay: Duration)
    /// Every frame that the camera gives: its own trigger input decides when.
    case camera

    /// The names in the settings file.
    enum Mode: String, CaseIterable {
        case freeRun = "free-run"
        case timer
        case command
        case camera
    }
}
