/// Who gives a command.
enum CommandOrigin: Sendable {
    /// Somebody on this box whom its owner lets use the control socket.
    case socket

    /// Whoever may publish on the broker: sets from the sources alone.
    case broker
}
