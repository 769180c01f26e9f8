internal import Synchronization

/// What the publisher does with its connection, on the network thread.
extension Publisher: MQTTRole {
    package func will() -> MQTTMessage? {
        state.withLock { $0.will(at: .now()) }
    }

    package func opened(_ connection: borrowing MQTTConnection) {
        state.withLock { $0.opened(at: .now) }
        listen(connection)
        listenToOthers(connection)
        observe(.connected)
    }

    package func acknowledged(_ identifier: Int32, isAccepted: Bool) {
        state.withLock { $0.acknowledged(identifier, isAccepted: isAccepted) }
        if !isAccepted { observe(.messageRefused) }
    }

    package var receiveLimit: Int { max(CommandRequest.byteLimit, HomeAssistantDevice.byteLimit) }

    package func closed(_ fault: ConnectionFault, nextAttemptIn delay: Duration) {
        let (isNews, givenUp) = state.withLock { $0.closed(fault) }
        if isNews { observe(.disconnected(fault)) }
        if let givenUp { observe(.messageGivenUp(topic: givenUp.topic, byteCount: givenUp.byteCount)) }
        noteEnd(fault)
    }

    package func ended() { end.come() }

    package var isAtMessage: Bool { state.withLock { $0.isAtMessage } }

    package func turn(_ connection: borrowing MQTTConnection, isEnding: Bool) -> MQTTTurn {
        lookForWriters()
        while true {
            let step = state.withLock { $0.next(now: .now, at: .now()) }
            do throws(PublishProblem) {
                switch step {
                case .sendStatus(let message):
                    let identifier = try connection.publish(message)
                    state.withLock { $0.departed(nil, as: identifier) }
                case .send(let message):
                    let identifier = try connection.publish(message)
                    let subject = Caution.Subject(topic: message.topic, byteCount: message.payload.count)
                    state.withLock { $0.departed(subject, as: identifier) }
                case .sendFarewell(let message):
                    let identifier = try connection.publish(message)
                    state.withLock { $0.farewellDeparted(as: identifier) }
                case .sendQueued(let departure):
                    try send(departure, over: connection)
                case .sleep(let longest): return .sleep(atMost: longest)
                case .disconnect: return .disconnect
                }
            } catch .unsendable {
                observe(.messageRefused)
            } catch {
                // The connection broke; its end is reported when the thread looks at the socket next.
                return .sleep(atMost: .milliseconds(100))
            }
        }
    }

    private func send(
        _ departure: OutboxQueue.Departure, over connection: borrowing MQTTConnection
    ) throws(PublishProblem) {
        let message = MQTTMessage(
            topic: departure.topic, payload: departure.payload, qualityOfService: .atLeastOnce, isRetained: false)
        do throws(PublishProblem) {
            let identifier = try connection.publish(message)
            outbox.departed(departure.ticket, as: identifier)
            let subject = Caution.Subject(
                topic: message.topic, byteCount: message.payload.count, ticket: departure.ticket)
            state.withLock { $0.departed(subject, as: identifier) }
        } catch {
            if case .unsendable = error { outbox.unsendable(departure.ticket) }
            throw error
        }
    }
}
