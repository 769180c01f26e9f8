internal import Health
internal import Logging
internal import Publishing
internal import Synchronization

/// Passes the publisher's news on to the announcer, which is made after it.
final class AnnouncerLink: Sendable {
    private struct State {
        weak var announcer: Announcer?
        var wasLost = false
    }

    private let state = Mutex(State())

    func set(_ announcer: Announcer) { state.withLock { $0.announcer = announcer } }

    func pass(_ notice: PublisherNotice) {
        let (announcer, wasLost) = state.withLock { state in
            let wasLost = state.wasLost
            switch notice {
            case .connected: state.wasLost = false
            case .disconnected: state.wasLost = true
            case .messageRefused: break
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
        case .messageRefused: announcer?.logger.warning("Broker refused a message")
        }
    }
}
