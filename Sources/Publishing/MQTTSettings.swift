/// How to reach a broker.
package struct MQTTSettings: Equatable, Sendable {
    package let host: String
    package let port: UInt16

    /// One of its kind: a second client with the same identifier throws the first one out.
    package let clientIdentifier: String

    /// Asked for before each attempt to connect.
    package let credentials: CredentialSource

    /// Whole seconds, 5 to 65535; a silent broker is given up after one and a half of it.
    package let keepAlive: Duration

    /// Nil for a connection that anyone on the way can read.
    package let encryption: TLSSettings?

    /// How long to wait before the next attempt.
    package let backoff: Backoff

    /// - Throws: `badSetting` for a value outside its range or with a NUL character.
    package init(
        host: String, port: UInt16 = 1883, clientIdentifier: String, credentials: CredentialSource = .known(nil),
        keepAlive: Duration = .seconds(15), encryption: TLSSettings? = nil, backoff: Backoff = Backoff()
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
        self.backoff = backoff
    }
}
