/// Which camera is wanted: by where it is, or by what it tells of itself.
package struct CameraName: Equatable, Sendable {
    package let key: Key
    package let value: String

    /// The raw values are the keys of the settings.
    package enum Key: String, CaseIterable, Sendable {
        /// The path of a node, or of a link to one.
        case device
        case serial
        /// A link's name in `/dev/v4l/by-id`.
        case byID = "by_id"
        /// A link's name in `/dev/v4l/by-path`.
        case byPath = "by_path"
        case model
        case bus
    }

    package init(_ key: Key, _ value: String) {
        self.key = key
        self.value = value
    }

    /// For sentences: `/dev/video0`, `serial TC0001`.
    package var wording: String { key == .device ? value : "\(key.rawValue) \(value)" }
}
