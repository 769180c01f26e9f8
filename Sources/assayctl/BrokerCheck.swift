internal import Glibc
internal import Publishing
internal import Settings
internal import Station
internal import Synchronization

/// Whether the broker takes the station's connection.
struct BrokerCheck {
    let broker: BrokerSettings

    /// The folder of the service manager's credentials, where there is one.
    let credentials: String?

    var all: [DoctorFinding] {
        guard broker.isEnabled else { return [.ok("broker         switched off in the settings")] }
        let address = "\(broker.host):\(broker.port)"
        do throws(PublishingError) {
            // Another client identifier than the daemon's: a second one of the same throws the first one out.
            let settings = try MQTTSettings(
                broker, credentials: credentials, clientIdentifier: broker.clientID + "-doctor")
            if let fault = try connect(settings) {
                return warnings + [
                    .unreachable(
                        "broker         \(address): \(fault)",
                        "check mqtt.host, mqtt.port and the user, and that the broker runs")
                ]
            }
            let manner = settings.encryption == nil ? "in the clear: anyone on the way can read it" : "with TLS"
            return warnings + [.ok("broker         \(address) took the connection, \(manner)")]
        } catch {
            return [.error("broker         \(error)", "correct the settings of mqtt")]
        }
    }

    /// Certificates that will end soon, or have.
    private var warnings: [DoctorFinding] {
        BrokerFiles(broker: broker, credentials: credentials).warnings.map {
            .warning("broker         \($0)", "renewed files are taken without a restart")
        }
    }

    /// - Returns: why there is no connection, or nil when there was one.
    private func connect(_ settings: MQTTSettings) throws(PublishingError) -> ConnectionFault? {
        let outcome = Outcome()
        let subscriber = try Subscriber(settings, filters: []) { news in
            switch news {
            case .connected: outcome.state.withLock { $0 = .some(nil) }
            case .disconnected(let fault): outcome.state.withLock { $0 = $0 ?? .some(fault) }
            default: break
            }
        }
        try subscriber.start()
        defer { subscriber.stop() }
        let deadline = ContinuousClock.now + .seconds(8)
        while ContinuousClock.now < deadline {
            if let known = outcome.state.withLock({ $0 }) { return known }
            usleep(20_000)
        }
        return .silent
    }

    private final class Outcome: Sendable {
        let state = Mutex<ConnectionFault??>(nil)
    }
}
