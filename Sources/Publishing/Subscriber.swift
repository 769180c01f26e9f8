/// Listens to a station, like a customer would, and hands over what it hears.
package final class Subscriber: MQTTRole {
    private let client: MQTTClient
    private let filters: [String]
    private let hand: @Sendable (SubscriberNews) -> Void

    /// - Parameter hand: told everything, on the network thread; it must not wait.
    /// - Throws: `refused` when the system lacks a resource.
    package init(
        _ settings: MQTTSettings, filters: [String], hand: @escaping @Sendable (SubscriberNews) -> Void
    ) throws(PublishingError) {
        client = try MQTTClient(settings)
        self.filters = filters
        self.hand = hand
    }

    /// Starts to connect, and keeps at it until `stop`.
    package func start() throws(PublishingError) { try client.start(self) }

    /// Has the thread end; news may still come while it does.
    package func stop() { client.end() }

    package func will() -> MQTTMessage? { nil }

    package func opened(_ connection: borrowing MQTTConnection) {
        for filter in filters {
            // A failure here means that the connection broke, which is reported on its own.
            _ = connection.subscribe(filter, .atLeastOnce)
        }
        hand(.connected)
    }

    package func acknowledged(_ identifier: Int32, isAccepted: Bool) {}
    package func received(_ message: MQTTMessage) { hand(.message(message)) }
    package func subscribed(_ identifier: Int32, isGranted: Bool) {
        hand(isGranted ? .subscribed : .subscriptionRefused)
    }

    package func turn(_ connection: borrowing MQTTConnection, isEnding: Bool) -> MQTTTurn {
        isEnding ? .disconnect : .sleep(atMost: .seconds(1))
    }

    package func closed(_ fault: ConnectionFault, nextAttemptIn delay: Duration) { hand(.disconnected(fault)) }
    package func ended() { hand(.ended) }
}

/// What a subscriber hears.
package enum SubscriberNews: Equatable, Sendable {
    case connected

    /// The broker granted one of the subscriptions.
    case subscribed
    case subscriptionRefused
    case message(MQTTMessage)
    case disconnected(ConnectionFault)
    case ended
}
