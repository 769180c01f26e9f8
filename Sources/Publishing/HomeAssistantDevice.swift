/// The station as Home Assistant's MQTT discovery knows it: one retained message with the device and all it shows.
///
/// A pure value that says what to publish. Lines that are gone stay in it as bare components, which is how Home Assistant
/// is told to forget them.
struct HomeAssistantDevice: Equatable, Sendable {
    private let topics: Topics
    private let station: String
    private let version: String
    private let prefix: String

    /// What names the device and its parts: letters, digits, `_` and `-` only.
    let identifier: String
    private var lines: [LineName] = []
    var gone: [String: String] = [:]
    var isAnnounced = false

    /// What the station as a whole has besides its lines.
    private static let degraded = "degraded"

    static let origin = "Assay"

    init(_ settings: PublisherSettings, prefix: String) {
        topics = settings.topics
        station = settings.station
        version = settings.version
        self.prefix = prefix
        identifier = "assay_" + settings.station.replacing(".", with: "_")
    }

    /// Where the device is announced.
    var topic: String { "\(prefix)/device/\(identifier)/config" }

    /// Where Home Assistant says that it has started.
    var birthTopic: String { "\(prefix)/status" }

    /// - Returns: the new announcement; nil when it would be the same.
    mutating func update(lines names: [String]) -> MQTTMessage? {
        let lines = names.sorted().compactMap { LineName(known: $0) }
        guard lines != self.lines || !isAnnounced else { return nil }
        for line in self.lines where !lines.contains(line) {
            for component in HomeAssistantComponent.allCases {
                gone[Self.key(line, component)] = component.platform.rawValue
            }
        }
        self.lines = lines
        isAnnounced = true
        for key in keys { gone[key] = nil }
        return message
    }

    private static func key(_ line: LineName, _ component: HomeAssistantComponent) -> String {
        "\(line)_\(component.rawValue)"
    }

    var keys: Set<String> {
        Set(lines.flatMap { line in HomeAssistantComponent.allCases.map { Self.key(line, $0) } })
    }

    var message: MQTTMessage {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("device") { writer in
                writer.member("identifiers", [identifier]) { $0.value($1) }
                writer.member("name", station)
                writer.member("manufacturer", "Assay")
                writer.member("model", "Inspection station")
                writer.member("sw_version", version)
            }
            writer.member("origin") { writer in
                writer.member("name", Self.origin)
                writer.member("sw_version", version)
            }
            writer.member("availability", [topics.status]) { writer, topic in
                writer.object { writer in
                    writer.member("topic", topic)
                    writer.member(
                        "value_template", "{{ 'offline' if value_json.state == 'offline' else 'online' }}")
                }
            }
            writer.member("qos", 1)
            writer.member("components") { write(to: &$0) }
        }
        return MQTTMessage(topic: topic, payload: writer.bytes, qualityOfService: .atLeastOnce, isRetained: true)
    }

    private func write(to writer: inout JSONWriter) {
        writer.member(Self.degraded) { writer in
            writer.member("platform", HomeAssistantComponent.Platform.binarySensor.rawValue)
            writer.member("unique_id", "\(identifier)_\(Self.degraded)")
            writer.member("name", Self.degraded)
            writer.member("state_topic", topics.status)
            writer.member("value_template", "{{ 'ON' if value_json.state == 'degraded' else 'OFF' }}")
            writer.member("device_class", "problem")
            writer.member("payload_on", "ON")
            writer.member("payload_off", "OFF")
            writer.member("entity_category", "diagnostic")
        }
        for line in lines {
            for component in HomeAssistantComponent.allCases {
                let key = Self.key(line, component)
                writer.key(key)
                component.write(line: line, topics: topics, unique: "\(identifier)_\(key)", to: &writer)
            }
        }
        for (key, platform) in gone.sorted(by: { $0.key < $1.key }) {
            writer.member(key) { $0.member("platform", platform) }
        }
    }
}
