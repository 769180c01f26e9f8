internal import Glibc
internal import Publishing
internal import Settings
internal import Station

/// The files that the settings of the broker name: password, certificates and key.
struct BrokerFiles {
    let broker: BrokerSettings

    /// The folder of the service manager's credentials, where there is one.
    let credentials: String?

    /// Files that are not there yet (they may come later, but without them the daemon does not start), or that this
    /// user may not look at.
    var missing: [String] {
        [
            ("mqtt.password_file", broker.passwordFile), ("mqtt.tls.ca", broker.encryption?.authorities),
            ("mqtt.tls.certificate", broker.encryption?.certificate), ("mqtt.tls.key", broker.encryption?.key),
        ].compactMap { key, path in
            guard let path, unsafe access(path, R_OK) != 0 else { return nil }
            return errno == EACCES
                ? "\(key): \(path) cannot be read by this user and was not looked at; try as root"
                : "\(key): \(path) is not there; the daemon would not start without it"
        }
    }

    /// What is wrong with files that are there; nil when nothing is, or one is missing.
    var problem: String? {
        guard broker.isEnabled, missing.isEmpty else { return nil }
        do throws(PublishingError) {
            _ = try MQTTSettings(broker, credentials: credentials)
            return nil
        } catch {
            return error.description
        }
    }

    /// Certificates that end soon, or have ended.
    var warnings: [String] {
        guard let encryption = broker.encryption else { return [] }
        do throws(PublishingError) {
            return try TLSFiles(checking: TLSSettings(encryption)).terms.compactMap(\.warning)
        } catch {
            // Told as a problem.
            return []
        }
    }
}
