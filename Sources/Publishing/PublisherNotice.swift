/// What a publisher has to tell the shell; each once per change, not per attempt.
package enum PublisherNotice: Equatable, Sendable {
    case connected
    case disconnected(ConnectionFault)

    /// The broker does not take messages that it was sent.
    case messageRefused

    /// The broker ended connection after connection at this message, which is not sent any more.
    case messageGivenUp(topic: String, byteCount: Int)

    /// Someone else speaks as this station.
    case secondWriter(SecondWriter)

    /// Nobody has for a while.
    case secondWriterGone

    /// Verdicts and events are not kept on disk any more: they wait in memory.
    case outboxFailed(OutboxFault)

    /// They are kept on disk again.
    case outboxWorks

    /// The outbox's file was damaged; it lies there now, and a new one is in use.
    case outboxReplaced(kept: String, reason: String)

    /// Numbers may come again after a crash.
    case numbersUnreserved(reason: String)

    /// A command waits to be taken.
    case commandCame

    /// The broker does not let this station hear commands.
    case commandsRefused
}
