/// How the settings name a camera of the box.
package struct DeviceName: Equatable, Sendable {
    package let key: Key
    package let value: String

    /// The keys a camera may be named by; exactly one of them is given.
    package enum Key: String, CaseIterable, Sendable {
        /// The path of a node or of a link to one: whatever camera is there.
        case device
        /// The serial number that the camera itself tells.
        case serial
        /// A link's name in `/dev/v4l/by-id`: maker, model and serial number.
        case byID = "by_id"
        /// A link's name in `/dev/v4l/by-path`: the socket it is plugged into.
        case byPath = "by_path"
        /// What the camera calls itself.
        case model
        /// Where it is plugged in, as the driver says it.
        case bus
    }

    package init(_ key: Key, _ value: String) {
        self.key = key
        self.value = value
    }

    /// The name alone, as the lists of lines and verdicts show it.
    package var wording: String { key == .device ? value : "\(key.rawValue) \(value)" }
}
