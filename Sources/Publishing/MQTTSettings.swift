/// How to reach a broker.
package struct MQTTSettings: Equatable, Sendable {
    package let host: String
    package let port: UInt16

    /// One of its kind: a second client with the same identifier throws the first one out.
    package let clientIdentifier: String
    package let credentials: MQTTCredentials?

    /// Whole seconds, 5 to 65535; a silent broker is given up after one and a half of it.
    package let keepAlive: Duration

    /// Nil for a connection that anyone on the way can read.
    package let encryption: TLSSettings?

    /// - Throws: `badSetting` for a value outside its range or with a NUL character.
    package init(
        host: String, port: UInt16 = 1883, clientIdentifier: String, credentials: MQTTCredentials? = nil,
        keepAlive: Duration = .seconds(15), encryption: TLSSettings? = nil
    ) throws(PublishingError) {
        guard !host.isEmpty, host.utf8.count <= 255, !host.utf8.contains(0) else {
            throw .badSetting(key: "mqtt.host", problem: "must be a host name or an address")
        }
        guard port > 0 else { throw .badSetting(key: "mqtt.port", problem: "must be 1 to 65535") }
        guard !clientIdentifier.isEmpty, clientIdentifier.utf8.count <= 128, !clientIdentifier.utf8.contains(0) else {
            throw .badSetting(key: "mqtt.client_id", problem: "must be 1 to 128 bytes")
        }
        guard (Duration.seconds(5)...Duration.seconds(65_535)).contains(keepAlive) else {
            throw .badSetting(key: "mqtt.keep_alive", problem: "must be 5 to 65535 seconds")
        }
        self.host = host
        self.port = port
        self.clientIdentifier = clientIdentifier
        self.credentials = credentials
        self.keepAlive = keepAlive
        self.encryption = encryption
    }
}

/// A user name and a password; never printed.
package struct MQTTCredentials: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    package let username: String
    package let password: String?

    /// - Throws: `badSetting` for an empty name or a NUL character, at which the C library would cut.
    package init(username: String, password: String?) throws(PublishingError) {
        guard !username.isEmpty, username.utf8.count <= 65_535, !username.utf8.contains(0) else {
            throw .badSetting(key: "mqtt.username", problem: "must be 1 to 65535 bytes without NUL")
        }
        if let password, password.utf8.count > 65_535 || password.utf8.contains(0) {
            throw .badSetting(key: "mqtt.password", problem: "must be at most 65535 bytes without NUL")
        }
        self.username = username
        self.password = password
    }

    package var description: String { "MQTTCredentials" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
