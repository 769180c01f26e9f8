/// A command as the broker handed it over, not read yet.
package struct ReceivedCommand: Equatable, Sendable {
    package let name: CommandName
    package let message: MQTTMessage
    package let arrivedAt: ContinuousClock.Instant

    package init(_ name: CommandName, message: MQTTMessage, arrivedAt: ContinuousClock.Instant) {
        self.name = name
        self.message = message
        self.arrivedAt = arrivedAt
    }

    /// The command, if it is one that may be obeyed.
    package func request() throws(CommandProblem) -> CommandRequest {
        guard !message.isRetained else {
            throw CommandProblem(
                .retained, "a command must not be retained: it would be obeyed at every reconnect; clear the topic")
        }
        return try CommandRequest(name, reading: message.payload)
    }
}
