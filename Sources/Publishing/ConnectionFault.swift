/// Why there is no connection to the broker.
package enum ConnectionFault: Error, Equatable, Sendable {
    /// Nobody answers at the address.
    case unreachable(reason: String)

    /// The settings or the files that they name do not allow a connection to be tried.
    case unusable(reason: String)

    /// The broker cannot prove to be the one that the settings name.
    case untrusted(reason: String)

    /// No encrypted connection comes about for another reason.
    case notEncrypted(reason: String)

    /// The broker does not accept the user name, the password or the client.
    case notAuthorised(reason: String)

    /// The broker refuses for another reason of its own.
    case refused(reason: String)

    /// The broker does not speak this protocol version.
    case versionRefused

    /// Another client came with the same identifier.
    case takenOver

    /// Connections break again and again soon after the broker accepts them.
    ///
    /// MQTT 3.1.1 brokers, and Debian 12's mosquitto in MQTT 5 too, end the connection of a client whose identifier
    /// another one uses without saying so; this is what it looks like from here.
    case contested

    /// The connection was there and broke.
    case lost(reason: String)

    /// The connection was there, and the broker ended it for a reason that has nothing to do with what was sent.
    case sentAway(reason: String)

    /// The connection was there, and the broker stopped answering.
    case fellSilent

    /// The broker accepted the connection and then said nothing.
    case silent
}

extension ConnectionFault {
    /// The broker hung up on an encrypted connection without saying why, as one does that misses a certificate.
    static let brokenOff = ConnectionFault.notEncrypted(
        reason: """
            the broker hung up without a reason; where it asks for a certificate, it must accept mqtt.tls.certificate, \
            and mqtt.port must be the one for TLS
            """)
}

extension ConnectionFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let reason): "cannot reach the broker: \(reason)"
        case .unusable(let reason): "no connection is tried: \(reason)"
        case .untrusted(let reason): "the broker's certificate is not accepted: \(reason)"
        case .notEncrypted(let reason): "no encrypted connection: \(reason)"
        case .notAuthorised(let reason): "the broker does not accept the user name or password: \(reason)"
        case .refused(let reason): "the broker refused the connection: \(reason)"
        case .versionRefused: "the broker speaks neither MQTT 5 nor MQTT 3.1.1"
        case .takenOver: "another client with the same identifier took the connection over"
        case .contested:
            "the broker ends each connection soon after accepting it; another client may use the same identifier"
        case .lost(let reason): "the connection broke: \(reason)"
        case .sentAway(let reason): "the broker ended the connection: \(reason)"
        case .fellSilent: "the broker stopped answering"
        case .silent: "the broker accepted the connection but did not answer"
        }
    }
}
