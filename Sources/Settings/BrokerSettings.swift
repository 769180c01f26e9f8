/// Where and how the station publishes.
package struct BrokerSettings: Equatable, Sendable {
    package let isEnabled: Bool
    package let host: String
    package let port: Int
    package let username: String?
    /// The file that holds the password. The password itself is never in the settings.
    package let passwordFile: String?
    /// Nil for a connection that anyone on the way can read.
    package let encryption: EncryptionSettings?
    package let clientID: String
    /// The levels in front of every topic, without a slash at either end.
    package let topicPrefix: String
    package let keepAlive: Duration
    /// Time between two renewals of the lease in `status`.
    package let leaseInterval: Duration
    /// Messages that wait for the broker at most; the oldest go first.
    package let queueRowLimit: Int
    /// Bytes that wait for the broker at most.
    package let queueByteLimit: Int
    /// How long a message waits for the broker at most.
    package let queueAgeLimit: Duration
    /// The shortest time between two writes to the disk.
    package let queueCommitInterval: Duration
    /// The commands that are obeyed over MQTT; empty for none.
    package let commands: [AllowedCommand]
    /// Levels in front of `command/<name>` for commands to several stations at once; nil for none.
    package let commandGroup: String?

    /// The levels in front of Home Assistant's discovery topics; nil where the station is not announced there.
    package let homeAssistantPrefix: String?

    /// Where the station may have been announced before `mqtt.homeassistant` was switched off.
    package let formerHomeAssistantPrefix: String?

    package init(
        isEnabled: Bool, host: String, port: Int, username: String?, passwordFile: String?,
        encryption: EncryptionSettings? = nil, clientID: String, topicPrefix: String, keepAlive: Duration,
        leaseInterval: Duration, queueRowLimit: Int, queueByteLimit: Int,
        queueAgeLimit: Duration = .seconds(7 * 86_400), queueCommitInterval: Duration = .milliseconds(20),
        commands: [AllowedCommand] = [], commandGroup: String? = nil, homeAssistantPrefix: String? = nil,
        formerHomeAssistantPrefix: String? = nil
    ) {
        self.isEnabled = isEnabled
        self.host = host
        self.port = port
        self.username = username
        self.passwordFile = passwordFile
        self.encryption = encryption
        self.clientID = clientID
        self.topicPrefix = topicPrefix
        self.keepAlive = keepAlive
        self.leaseInterval = leaseInterval
        self.queueRowLimit = queueRowLimit
        self.queueByteLimit = queueByteLimit
        self.queueAgeLimit = queueAgeLimit
        self.queueCommitInterval = queueCommitInterval
        self.commands = commands
        self.commandGroup = commandGroup
        self.homeAssistantPrefix = homeAssistantPrefix
        self.formerHomeAssistantPrefix = formerHomeAssistantPrefix
    }
}
