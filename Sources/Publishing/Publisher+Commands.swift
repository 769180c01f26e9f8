internal import Synchronization

/// Commands come in on the publisher's own connection; the network thread only puts them down.
extension Publisher {
    /// The next command that came; nil when there is none.
    package func takeCommand() -> ReceivedCommand? { inbox.withLock { $0.take() } }

    /// Sends the answer to where the sender of the command waits for it.
    ///
    /// - Returns: false when there is no connection; the answer is then forgotten, like the command's sender.
    @discardableResult
    package func answer(_ answer: CommandAnswer, to command: ReceivedCommand) -> Bool {
        let properties = command.message.properties
        let topic = topics.answer(to: command.name, responseTopic: properties.responseTopic)
        let message = MQTTMessage(
            topic: topic, payload: answer.json(), qualityOfService: .atLeastOnce, isRetained: false,
            properties: MQTTProperties(correlation: properties.correlation))
        guard state.withLock({ $0.offer(answer: message) }) else { return false }
        client.wake()
        return true
    }

    /// Where a command may come: to this station alone, or to its group.
    private func commandTopics(_ name: CommandName) -> [String] {
        [topics.command(name)] + (settings.commandGroup.map { [$0.command(name)] } ?? [])
    }

    func listen(_ connection: borrowing MQTTConnection) {
        for name in settings.commands {
            // A failure here means that the connection broke, which is reported on its own.
            for topic in commandTopics(name) { _ = connection.subscribeAsPublished(topic) }
        }
    }

    package func received(_ message: MQTTMessage) {
        if hearOthers(message) { return }
        guard let name = settings.commands.first(where: { commandTopics($0).contains(message.topic) }) else { return }
        // Clearing a retained command is an empty message, and no command.
        if message.isRetained, message.payload.isEmpty { return }
        var message = message
        // Of a longer one enough is kept to see that it is too long.
        if message.payload.count > CommandRequest.byteLimit + 1 {
            message.payload.removeLast(message.payload.count - CommandRequest.byteLimit - 1)
        }
        let command = ReceivedCommand(name, message: message, arrivedAt: .now)
        if inbox.withLock({ $0.put(command) }) { return observe(.commandCame) }
        let problem = CommandProblem(.busy, "too many commands wait to be read; try again later")
        answer(
            CommandAnswer(
                station: settings.station, boot: settings.boot, command: name, id: nil, at: .now(),
                outcome: .refused(problem)), to: command)
    }

    package func subscribed(_ identifier: Int32, isGranted: Bool) {
        if !isGranted, !optionalSubscriptions.withLock({ $0.contains(identifier) }) { observe(.commandsRefused) }
    }
}
