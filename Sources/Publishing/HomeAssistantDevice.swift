internal import Foundation

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
    private let identifier: String
    private var lines: [LineName] = []
    private var gone: [String: String] = [:]
    private var isAnnounced = false

    /// What the station as a whole has besides its lines.
    private static let degraded = "degraded"

    init(topics: Topics, station: String, version: String, prefix: String) {
        self.topics = topics
        self.station = station
        self.version = version
        self.prefix = prefix
        identifier = "assay_" + station.replacing(".", with: "_")
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

    private struct Announced: Decodable {
        struct Component: Decodable {
            let platform: String
            let unique: String?

            private enum CodingKeys: String, CodingKey {
                case platform
                case unique = "unique_id"
            }
        }

        let components: [String: Component]
    }

    /// The announcement of an earlier run, as the broker kept it: which lines are no longer there?
    ///
    /// - Returns: a new announcement if there are any.
    mutating func heard(_ payload: [UInt8]) -> MQTTMessage? {
        guard !payload.isEmpty, payload.count <= Self.byteLimit else { return nil }
        let announced: Announced
        do {
            announced = try JSONDecoder().decode(Announced.self, from: Data(payload))
        } catch {
            // Not ours; the next announcement takes its place.
            return nil
        }
        let known = keys
        var isNews = false
        for (key, component) in announced.components where !known.contains(key) && gone[key] == nil {
            guard component.unique == "\(identifier)_\(key)", Self.isOurs(key, platform: component.platform) else {
                continue
            }
            gone[key] = component.platform
            isNews = true
        }
        return isNews && isAnnounced ? message : nil
    }

    /// A longer announcement than any of ours is not looked at.
    static let byteLimit = 1 << 20

    private static func isOurs(_ key: String, platform: String) -> Bool {
        HomeAssistantComponent.allCases.contains { component in
            key.hasSuffix("_\(component.rawValue)") && component.platform.rawValue == platform
                && LineName(known: String(key.dropLast(component.rawValue.utf8.count + 1))) != nil
        }
    }

    private static func key(_ line: LineName, _ component: HomeAssistantComponent) -> String {
        "\(line)_\(component.rawValue)"
    }

    private var keys: Set<String> {
        Set(lines.flatMap { line in HomeAssistantComponent.allCases.map { Self.key(line, $0) } })
    }

    private var message: MQTTMessage {
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
                writer.member("name", "Assay")
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

extension LineName {
    /// Nil for what is no line's name.
    fileprivate init?(known name: String) {
        do throws(PublishingError) {
            try self.init(name)
        } catch {
            return nil
        }
    }
}
