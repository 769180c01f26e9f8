/// What a publisher needs to know of its station.
package struct PublisherSettings: Sendable {
    package var mqtt: MQTTSettings
    package var topics: Topics
    package var station: String

    /// Identifies this run of the daemon; its identity changes with each start.
    package var boot: String

    /// The daemon's version.
    package var version: String

    /// How often the status is renewed.
    package var leaseInterval: Duration

    /// Where verdicts and events wait while the broker is away.
    package var outbox: OutboxSettings

    /// The commands that are obeyed; none are heard when there are none.
    package var commands: [CommandName]

    /// Below it the same commands are heard; shared by several stations. Nil for none.
    package var commandGroup: Topics?

    /// The levels in front of Home Assistant's discovery topics; nil where the station is not announced there.
    package var homeAssistantPrefix: String?

    /// The same of a run that announced the station there, which this one takes back.
    package var formerHomeAssistantPrefix: String?

    package init(
        mqtt: MQTTSettings, topics: Topics, station: String, boot: String, version: String,
        leaseInterval: Duration = .seconds(10), outbox: OutboxSettings = OutboxSettings(),
        commands: [CommandName] = [], commandGroup: Topics? = nil, homeAssistantPrefix: String? = nil,
        formerHomeAssistantPrefix: String? = nil
    ) {
        self.commands = commands
        self.commandGroup = commandGroup
        self.homeAssistantPrefix = homeAssistantPrefix
        self.formerHomeAssistantPrefix = formerHomeAssistantPrefix
        self.mqtt = mqtt
        self.topics = topics
        self.station = station
        self.boot = boot
        self.version = version
        self.leaseInterval = leaseInterval
        self.outbox = outbox
    }
}
