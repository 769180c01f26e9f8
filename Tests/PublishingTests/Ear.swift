import Publishing
import Synchronization
import Testing

/// Hears everything below a prefix, in order, as a customer's subscriber would.
final class Ear: Sendable {
    private let heard = Mutex<[MQTTMessage]>([])
    private let subscriptions = Mutex(0)
    private let subscriber: Mutex<Subscriber?> = Mutex(nil)

    init(
        port: UInt16, filters: [String], name: String? = nil, credentials: MQTTCredentials? = nil,
        encryption: TLSSettings? = nil
    ) throws {
        let settings = try MQTTSettings(
            host: "127.0.0.1", port: port, clientIdentifier: name ?? "ear-\(UUIDv7(time: .now()).text)",
            credentials: .known(credentials), encryption: encryption, backoff: .quick)
        let subscriber = try Subscriber(settings, filters: filters) { [self] news in
            switch news {
            case .message(let message): heard.withLock { $0.append(message) }
            case .subscribed: subscriptions.withLock { $0 += 1 }
            default: break
            }
        }
        try subscriber.start()
        self.subscriber.withLock { $0 = subscriber }
    }

    deinit { stop() }

    func stop() { subscriber.withLock { $0?.stop() } }

    var messages: [MQTTMessage] { heard.withLock { $0 } }

    func messages(on topic: String) -> [MQTTMessage] { messages.filter { $0.topic == topic } }

    /// How many subscriptions the broker granted, over all connections.
    var subscriptionCount: Int { subscriptions.withLock { $0 } }
}

/// Waits until `condition` holds; after `limit` the test fails.
func eventually(
    _ what: Comment, within limit: Duration = .seconds(15), sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    try #require(try condition(), what, sourceLocation: sourceLocation)
}
