internal import Foundation
internal import Synchronization

/// Sends one command to a station over MQTT and waits for its answer, as a plant system does.
package final class CommandSender: MQTTRole {
    private let client: MQTTClient
    private let topics: Topics
    private let name: CommandName
    private let command: [UInt8]
    private let id: String
    private let hand: @Sendable (CommandNews) -> Void
    private let progress = Mutex(Progress())

    private struct Progress {
        /// The subscription to the answers, once asked for.
        var subscription: Int32?
        var isGranted = false
        var isSent = false
    }

    /// - Parameters:
    ///   - members: what the command carries, without `id`.
    ///   - id: what the answer is known by.
    ///   - hand: told everything, on the network thread; it must not wait.
    package init(
        _ settings: MQTTSettings, topics: Topics, name: CommandName, members: JSONText, id: String,
        hand: @escaping @Sendable (CommandNews) -> Void
    ) throws(PublishingError) {
        client = try MQTTClient(settings)
        self.topics = topics
        self.name = name
        self.id = id
        self.hand = hand
        command = try Self.command(members, id: id)
    }

    /// The command with its id in front.
    private static func command(_ members: JSONText, id: String) throws(PublishingError) -> [UInt8] {
        let given: [(name: String, value: JSONText)]?
        do throws(JSONFault) {
            given = try members.members()
        } catch {
            throw .badSetting(key: "command", problem: "is not JSON: \(error)")
        }
        guard let given else { throw .badSetting(key: "command", problem: "must be a JSON object") }
        guard !given.contains(where: { $0.name == "id" }) else {
            throw .badSetting(key: "command", problem: "must not hold an id; give it apart")
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", id)
            for member in given {
                writer.key(member.name)
                writer.value(member.value)
            }
        }
        return writer.bytes
    }

    package func start() throws(PublishingError) { try client.start(self) }
    package func stop() { client.end() }

    package func will() -> MQTTMessage? { nil }
    package var receiveLimit: Int { 4 << 20 }

    package func opened(_ connection: borrowing MQTTConnection) {
        // A command is never sent twice: whether the first one was obeyed cannot be known.
        guard !progress.withLock({ $0.isSent }) else { return hand(.connectionBroke) }
        _ = connection.subscribe(topics.status, .atLeastOnce)
        let answers = connection.subscribeToOthers(topics.answer(to: name, responseTopic: nil))
        progress.withLock { $0.subscription = answers }
    }

    package func subscribed(_ identifier: Int32, isGranted: Bool) {
        guard progress.withLock({ $0.subscription == identifier }) else { return }
        if !isGranted { return hand(.answersRefused) }
        progress.withLock { $0.isGranted = true }
    }

    package func turn(_ connection: borrowing MQTTConnection, isEnding: Bool) -> MQTTTurn {
        if isEnding { return .disconnect }
        let isTime = progress.withLock { progress in
            guard progress.isGranted, !progress.isSent else { return false }
            progress.isSent = true
            return true
        }
        if isTime {
            do throws(PublishProblem) {
                let message = MQTTMessage(
                    topic: topics.command(name), payload: command, qualityOfService: .atLeastOnce, isRetained: false)
                _ = try connection.publish(message)
            } catch {
                hand(.connectionBroke)
            }
        }
        return .sleep(atMost: .seconds(1))
    }

    package func acknowledged(_ identifier: Int32, isAccepted: Bool) {
        if !isAccepted { hand(.commandRefused) }
    }

    private struct Head: Decodable {
        let id: String?
        let ok: Bool
    }

    package func received(_ message: MQTTMessage) {
        do {
            if message.topic == topics.status {
                let status = try JSONDecoder().decode(StatusMessage.self, from: Data(message.payload))
                if status.state == .offline { hand(.stationIsOffline(reason: status.reason ?? "")) }
                return
            }
            let head = try JSONDecoder().decode(Head.self, from: Data(message.payload))
            if !message.isRetained, head.id == id { hand(.answer(message.payload, isOk: head.ok)) }
        } catch {
            // Not an answer of a station's; ours may still come.
        }
    }

    package func closed(_ fault: ConnectionFault, nextAttemptIn delay: Duration) { hand(.disconnected(fault)) }
    package func ended() {}
}

/// What becomes of a command on its way.
package enum CommandNews: Equatable, Sendable {
    /// JSON, as it came.
    case answer([UInt8], isOk: Bool)

    /// The station said so, or its will did.
    case stationIsOffline(reason: String)

    /// The broker does not let this user hear answers.
    case answersRefused

    /// The broker does not let this user send commands.
    case commandRefused

    /// The command is on its way, but its answer cannot come any more.
    case connectionBroke
    case disconnected(ConnectionFault)
}
