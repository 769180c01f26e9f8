internal import Health
internal import Logging
internal import Publishing
internal import Synchronization

/// Passes the publisher's news on to the announcer, which is made after it.
final class AnnouncerLink: Sendable {
    private struct State {
        weak var announcer: Announcer?
        var onCommand: (@Sendable () -> Void)?
        var wasLost = false
    }

    private let state = Mutex(State())

    /// - Parameter onCommand: told that a command came, on the network thread.
    func set(_ announcer: Announcer, onCommand: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.announcer = announcer
            state.onCommand = onCommand
        }
    }

    func pass(_ notice: PublisherNotice) {
        let (announcer, wasLost) = state.withLock { state in
            let wasLost = state.wasLost
            switch notice {
            case .connected: state.wasLost = false
            case .disconnected: state.wasLost = true
            default: break
            }
            return (state.announcer, wasLost)
        }
        switch notice {
        case .connected:
            if wasLost {
                announcer?.event(.brokerBack)
            } else {
                announcer?.logger.notice("Broker connected")
            }
        case .disconnected(let fault): announcer?.event(.brokerLost, why: fault.description)
        case .commandCame: state.withLock { $0.onCommand }?()
        case .commandsRefused:
            announcer?.logger.warning("Broker does not let this station hear commands; allow it to subscribe to them")
        case .secondWriter(let writer): announcer?.event(.secondWriter, why: writer.description)
        case .secondWriterGone: announcer?.event(.secondWriterOver)
        case .messageRefused: announcer?.logger.warning("Broker refused a message")
        }
    }
}
