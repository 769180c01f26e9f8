import AssayTestSupport
import Foundation
import Publishing
import Synchronization

/// Everything that a station says on a broker, in the order of its coming.
final class Listener: Sendable {
    private struct State {
        var messages: [MQTTMessage] = []
        var isSubscribed = false
    }

    private final class Heard: Sendable {
        let state = Mutex(State())
    }

    private let heard = Heard()
    private let subscriber: Subscriber

    /// Listens, and returns when the broker has granted it.
    init(port: UInt16) throws {
        let heard = heard
        subscriber = try Subscriber(
            MQTTSettings(host: "127.0.0.1", port: port, clientIdentifier: "listener"), filters: ["assay/v1/box/#"]
        ) { news in
            heard.state.withLock { state in
                switch news {
                case .message(let message): state.messages.append(message)
                case .subscribed: state.isSubscribed = true
                default: break
                }
            }
        }
        try subscriber.start()
        guard Hook.waits(atMost: .seconds(10), until: { heard.state.withLock { $0.isSubscribed } }) else {
            throw TestSupportError.notReady(program: "subscriber", output: "no subscription within 10 s")
        }
    }

    deinit { subscriber.stop() }

    var messages: [MQTTMessage] { heard.state.withLock { $0.messages } }

    /// The messages of one topic below the station's prefix, as JSON objects.
    func objects(_ topic: String) throws -> [[String: Any]] {
        try messages.filter { $0.topic == "assay/v1/box/\(topic)" }.map { message in
            try JSONSerialization.jsonObject(with: Data(message.payload)) as? [String: Any] ?? [:]
        }
    }

    /// Every message that is JSON: all but the overlays.
    var payloads: [[UInt8]] {
        messages.filter { !$0.topic.hasSuffix("/overlay") && !$0.payload.isEmpty }.map(\.payload)
    }
}
