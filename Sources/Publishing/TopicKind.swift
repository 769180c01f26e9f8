/// What a topic of a station carries.
package enum TopicKind: String, Equatable, Sendable {
    case status
    case event
    case health
    case verdict
    case overlay
    case supportSet = "support-set"
    case camera

    init?(stationLevel level: String) {
        switch level {
        case "status": self = .status
        case "event": self = .event
        case "health": self = .health
        default: return nil
        }
    }

    init?(lineLevel level: String) {
        switch level {
        case "verdict": self = .verdict
        case "overlay": self = .overlay
        case "support-set": self = .supportSet
        case "camera": self = .camera
        default: return nil
        }
    }
}
