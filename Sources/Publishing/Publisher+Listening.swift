internal import Foundation
internal import Synchronization

/// What the publisher hears besides commands: its own status topic, and Home Assistant.
extension Publisher {
    /// A refusal of these subscriptions is no fault: a broker may keep a station from hearing anything.
    func listenToOthers(_ connection: borrowing MQTTConnection) {
        writers.withLock { $0.opened() }
        var topics = [topics.status]
        if let device = discovery.withLock({ $0 }) { topics += [device.topic, device.birthTopic] }
        if let formerDevice { topics.append(formerDevice.topic) }
        let identifiers = topics.compactMap { connection.subscribeToOthers($0) }
        optionalSubscriptions.withLock { $0 = Set(identifiers) }
    }

    /// - Returns: whether the message was of this kind.
    func hearOthers(_ message: MQTTMessage) -> Bool {
        if message.topic == topics.status {
            hearStatus(message)
            return true
        }
        if let formerDevice, message.topic == formerDevice.topic {
            if message.isRetained, formerDevice.isOwn(message.payload) { forget(formerDevice) }
            return true
        }
        guard let device = discovery.withLock({ $0 }) else { return false }
        switch message.topic {
        case device.birthTopic:
            // Retained is what was said before this connection, after which everything was sent anyway.
            if !message.isRetained, message.payload == Array("online".utf8) { sendAgain() }
            return true
        case device.topic:
            if message.isRetained, let update = discovery.withLock({ $0?.heard(message.payload) }) { retain(update) }
            return true
        default: return false
        }
    }

    /// Takes back what is retained; should the connection break first, it is heard again on the next one.
    private func forget(_ device: HomeAssistantDevice) {
        let nothing = MQTTMessage(topic: device.topic, payload: [], qualityOfService: .atLeastOnce, isRetained: true)
        if state.withLock({ $0.offer(answer: nothing) }) { client.wake() }
    }

    private func hearStatus(_ message: MQTTMessage) {
        let status: StatusMessage
        do {
            status = try JSONDecoder().decode(StatusMessage.self, from: Data(message.payload))
        } catch {
            // Whoever cannot write a status is no station; a watcher of the topic sees the rubbish itself.
            return
        }
        tell(writers.withLock { $0.heard(status, isRetained: message.isRetained, at: .now) })
    }

    func noteEnd(_ fault: ConnectionFault) {
        tell(writers.withLock { $0.ended(by: fault, at: .now) })
    }

    func lookForWriters() {
        tell(writers.withLock { $0.look(at: .now) })
    }

    private func tell(_ change: WriterWatch.Change?) {
        switch change {
        case .appeared(let writer):
            state.withLock { $0.setContested(true) }
            observe(.secondWriter(writer))
        case .gone:
            state.withLock { $0.setContested(false) }
            observe(.secondWriterGone)
        case nil: break
        }
    }

    /// Another station or client that speaks as this one; nil when there is none.
    package var secondWriter: SecondWriter? { writers.withLock { $0.rival } }

    /// Why there is no connection, or who else speaks as this station; nil when all is well.
    package var trouble: String? {
        let fault = state.withLock { $0.isConnected ? nil : $0.lastFault }
        return [fault?.description, secondWriter?.description].compactMap { $0 }.first
    }

    package var isContested: Bool { secondWriter != nil }

    /// Has Home Assistant know the lines that there are now.
    func discover(_ lines: [LineStatus]) {
        let names = lines.filter { $0.state != .disabled }.map(\.name)
        if let update = discovery.withLock({ $0?.update(lines: names) }) { retain(update) }
    }
}
