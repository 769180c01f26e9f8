import Publishing
import Synchronization

/// A plant system: sends commands over MQTT 5 and hears what comes to its own topics.
final class Plant: MQTTRole {
    private struct State {
        var outgoing: [MQTTMessage] = []
        var heard: [MQTTMessage] = []
        var grantedCount = 0
    }

    private let client: MQTTClient
    private let filters: [String]
    private let state = Mutex(State())

    init(port: UInt16, filters: [String]) throws {
        client = try MQTTClient(MQTTSettings(host: "127.0.0.1", port: port, clientIdentifier: "plant"))
        self.filters = filters
        try client.start(self)
    }

    deinit { client.end() }

    func stop() { client.end() }

    var heard: [MQTTMessage] { state.withLock { $0.heard } }
    var isListening: Bool { state.withLock { $0.grantedCount == filters.count } }

    func send(
        _ name: String, _ payload: some Sequence<UInt8>, isRetained: Bool = false,
        below prefix: String = "assay/v1/box", properties: MQTTProperties = MQTTProperties()
    ) {
        let message = MQTTMessage(
            topic: "\(prefix)/command/\(name)", payload: Array(payload), qualityOfService: .atLeastOnce,
            isRetained: isRetained, properties: properties)
        state.withLock { $0.outgoing.append(message) }
        client.wake()
    }

    func will() -> MQTTMessage? { nil }

    func opened(_ connection: borrowing MQTTConnection) {
        for filter in filters { _ = connection.subscribe(filter, .atLeastOnce) }
    }

    func acknowledged(_ identifier: Int32, isAccepted: Bool) {}
    func received(_ message: MQTTMessage) { state.withLock { $0.heard.append(message) } }
    func subscribed(_ identifier: Int32, isGranted: Bool) { state.withLock { $0.grantedCount += 1 } }

    func turn(_ connection: borrowing MQTTConnection, isEnding: Bool) -> MQTTTurn {
        if isEnding { return .disconnect }
        let outgoing = state.withLock { state in
            defer { state.outgoing.removeAll() }
            return state.outgoing
        }
        for message in outgoing {
            do throws(PublishProblem) {
                _ = try connection.publish(message)
            } catch {
                return .sleep(atMost: .seconds(1))
            }
        }
        return .sleep(atMost: .seconds(1))
    }

    func closed(_ fault: ConnectionFault, nextAttemptIn delay: Duration) {}
    func ended() {}
}
