/// What a publisher has to tell the shell; each once per change, not per attempt.
package enum PublisherNotice: Equatable, Sendable {
    case connected
    case disconnected(ConnectionFault)

    /// The broker does not take messages that it was sent.
    case messageRefused

    /// Someone else speaks as this station.
    case secondWriter(SecondWriter)

    /// Nobody has for a while.
    case secondWriterGone

    /// A command waits to be taken.
    case commandCame

    /// The broker does not let this station hear commands.
    case commandsRefused
}
