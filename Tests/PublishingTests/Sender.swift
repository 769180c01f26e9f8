import Publishing
import Synchronization

/// Sends messages as someone else on the plant would.
final class Sender: MQTTRole {
    private let client: MQTTClient
    private let outgoing = Mutex<[MQTTMessage]>([])

    init(port: UInt16) throws {
        client = try MQTTClient(
            MQTTSettings(host: "127.0.0.1", port: port, clientIdentifier: "sender-\(UUIDv7(time: .now()).text)"))
        try client.start(self)
    }

    deinit { client.end() }

    func stop() { client.end() }

    func send(_ topic: String, _ text: String, isRetained: Bool = false) {
        let message = MQTTMessage(
            topic: topic, payload: Array(text.utf8), qualityOfService: .atLeastOnce, isRetained: isRetained)
        outgoing.withLock { $0.append(message) }
        client.wake()
    }

    func will() -> MQTTMessage? { nil }
    func opened(_ connection: borrowing MQTTConnection) {}
    func acknowledged(_ identifier: Int32, isAccepted: Bool) {}
    func received(_ message: MQTTMessage) {}
    func subscribed(_ identifier: Int32, isGranted: Bool) {}

    func turn(_ connection: borrowing MQTTConnection, isEnding: Bool) -> MQTTTurn {
        if isEnding { return .disconnect }
        let messages = outgoing.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        for message in messages {
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
