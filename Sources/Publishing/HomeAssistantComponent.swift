internal import Verdicts

/// One thing that Home Assistant shows of a line, read from the messages that the station sends anyway.
enum HomeAssistantComponent: String, CaseIterable {
    case decision
    case score
    case problem
    case objectsSeen = "objects_seen"
    case objectsExpected = "objects_expected"
    case frames
    case camera
    case state

    enum Platform: String {
        case sensor
        case binarySensor = "binary_sensor"
    }

    var platform: Platform { self == .problem ? .binarySensor : .sensor }

    /// What follows the line's name in the entity's name.
    private var title: String { rawValue.replacing("_", with: " ") }

    /// - Parameters:
    ///   - line: the line's name, of which none needs quoting in a template.
    ///   - unique: what no other entity is called.
    func write(line: LineName, topics: Topics, unique: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("platform", platform.rawValue)
            writer.member("unique_id", unique)
            writer.member("name", "\(line) \(title)")
            writer.member("state_topic", topic(of: line, topics))
            writer.member("value_template", template(of: line))
            switch self {
            case .decision:
                writer.member("device_class", "enum")
                writer.member("options", Decision.allCases.map(\.rawValue)) { $0.value($1) }
                writer.member("json_attributes_topic", topics.verdict(line))
                writer.member(
                    "json_attributes_template",
                    """
                    {{ {'seq': value_json.seq, 'reasons': value_json.reasons, 'findings': value_json.findings \
                    | map(attribute='sentence') | list} | tojson }}
                    """)
            case .score: writer.member("state_class", "measurement")
            case .problem:
                writer.member("device_class", "problem")
                writer.member("payload_on", "ON")
                writer.member("payload_off", "OFF")
            case .objectsSeen, .objectsExpected: writer.member("state_class", "measurement")
            case .frames:
                writer.member("state_class", "total_increasing")
                writer.member("entity_category", "diagnostic")
            case .camera:
                writer.member("device_class", "enum")
                writer.member("options", CameraState.allCases.map(\.rawValue)) { $0.value($1) }
                writer.member("entity_category", "diagnostic")
            case .state:
                writer.member("device_class", "enum")
                writer.member("options", LineState.allCases.map(\.rawValue)) { $0.value($1) }
                writer.member("entity_category", "diagnostic")
            }
        }
    }

    private func topic(of line: LineName, _ topics: Topics) -> String {
        switch self {
        case .decision, .score, .problem, .objectsSeen, .objectsExpected: topics.verdict(line)
        case .frames: topics.health
        case .camera: topics.camera(line)
        case .state: topics.status
        }
    }

    /// `None` has Home Assistant show that it is not known: a frame without a verdict is neither good nor bad.
    private func template(of line: LineName) -> String {
        switch self {
        case .decision: "{{ value_json.decision }}"
        case .score: "{{ value_json.score }}"
        case .problem: "{{ {'pass': 'OFF', 'fail': 'ON'}.get(value_json.decision, 'None') }}"
        case .objectsSeen: "{{ value_json.objects.seen }}"
        case .objectsExpected: "{{ value_json.objects.expected }}"
        case .frames: Self.member("frames", of: line)
        case .camera: "{{ value_json.state }}"
        case .state: Self.member("state", of: line)
        }
    }

    private static func member(_ name: String, of line: LineName) -> String {
        "{{ value_json.lines | selectattr('name', 'eq', '\(line)') | map(attribute='\(name)') | first | default('None') }}"
    }
}
