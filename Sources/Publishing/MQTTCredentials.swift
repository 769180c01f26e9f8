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
