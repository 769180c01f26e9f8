internal import Health
internal import Logging
internal import Publishing
internal import Synchronization

/// Passes the publisher's news on to the announcer, which is made after it.
final class AnnouncerLink: Sendable {
    private struct State {
        weak var announcer: Announcer?
        var onCommand: (@Sendable () -> Void)?
        var onOutbox: (@Sendable () -> Void)?

        /// The last event told that the broker is lost.
        var wasLost = false

        /// Another client fights for the connection, which comes and goes until that is over.
        var isContested = false
    }

    private let state = Mutex(State())

    /// - Parameters:
    ///   - onCommand: told that a command came, on the network thread.
    ///   - onOutbox: told that the outbox's disk failed or works again, on the outbox's thread.
    func set(
        _ announcer: Announcer, onCommand: @escaping @Sendable () -> Void, onOutbox: @escaping @Sendable () -> Void
    ) {
        state.withLock { state in
            state.announcer = announcer
            state.onCommand = onCommand
            state.onOutbox = onOutbox
        }
    }

    func pass(_ notice: PublisherNotice) {
        let (announcer, wasLost, isContested) = state.withLock { state in
            let wasLost = state.wasLost
            switch notice {
            case .connected: state.wasLost = false
            case .disconnected where !state.isContested: state.wasLost = true
            case .secondWriter: state.isContested = true
            case .secondWriterGone: state.isContested = false
            default: break
            }
            return (state.announcer, wasLost, state.isContested)
        }
        switch notice {
        case .connected:
            if wasLost {
                announcer?.event(.brokerBack)
            } else {
                announcer?.logger.log(level: isContested ? .info : .notice, "Broker connected")
            }
        case .disconnected(let fault) where isContested:
            announcer?.logger.info("Broker lost", metadata: ["reason": "\(fault)"])
        case .disconnected(let fault): announcer?.event(.brokerLost, why: fault.description)
        case .commandCame: state.withLock { $0.onCommand }?()
        case .commandsRefused:
            announcer?.logger.warning("Broker does not let this station hear commands; allow it to subscribe to them")
        case .secondWriter(let writer): announcer?.event(.secondWriter, why: writer.description)
        case .secondWriterGone: announcer?.event(.secondWriterOver)
        case .outboxFailed(let fault):
            announcer?.event(.outboxFailed, why: fault.description, data: ["fault": fault.code])
            state.withLock { $0.onOutbox }?()
        case .outboxWorks:
            announcer?.event(.outboxWorks)
            state.withLock { $0.onOutbox }?()
        case .outboxReplaced(let kept, let reason):
            announcer?.event(.outboxReplaced, why: reason, data: ["kept": kept])
        case .numbersUnreserved(let reason):
            announcer?.logger.warning(
                "Message numbers not reserved, they may come again after a crash", metadata: ["reason": "\(reason)"])
        case .messageRefused: announcer?.logger.warning("Broker refused a message")
        case .messageGivenUp(let topic, let byteCount):
            announcer?.logger.warning(
                "Message given up at which the broker ends each connection; have it take longer packets",
                metadata: ["mqtt.topic": "\(topic)", "mqtt.bytes": "\(byteCount)"])
        }
    }
}
