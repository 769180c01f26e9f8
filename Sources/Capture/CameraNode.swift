/// One node of a video device, with what tells its camera from others.
package struct CameraNode: Equatable, Sendable {
    /// What the node is for; one camera often has several.
    package enum Kind: Equatable, Sendable {
        case capture

        /// Metadata or output.
        case other

        /// Not asked yet.
        case unknown
    }

    /// Such as `/dev/video0`; another one after the next plugging in.
    package let device: String
    package var kind = Kind.unknown
    package var serial: String?

    /// The link's name in `/dev/v4l/by-id`.
    package var byID: String?

    /// The link's name in `/dev/v4l/by-path`.
    package var byPath: String?

    /// What the camera calls itself.
    package var model: String?

    /// Where it is plugged in, such as `usb-0000:00:14.0-1`.
    package var bus: String?

    /// The kernel's driver.
    package var driver: String?

    package init(device: String) { self.device = device }

    package func value(of key: CameraName.Key) -> String? {
        switch key {
        case .device: device
        case .serial: serial
        case .byID: byID
        case .byPath: byPath
        case .model: model
        case .bus: bus
        }
    }

    /// With what the open camera says of itself, where udev and sysfs said nothing.
    func completed(card: String, bus: String, driver: String) -> CameraNode {
        var node = self
        node.kind = .capture
        node.model = model ?? card
        node.bus = self.bus ?? bus
        node.driver = driver
        return node
    }

    /// In the order in which a camera is best named: what survives another socket first.
    private static let namingKeys: [CameraName.Key] = [.serial, .byID, .byPath, .bus, .model]

    /// The first key that tells this node from all `others`; nil when only the device's number does.
    package func tellingKey(among others: [CameraNode]) -> CameraName.Key? {
        Self.namingKeys.first { key in
            guard let own = value(of: key), !own.isEmpty else { return false }
            return !others.contains { $0.device != device && $0.value(of: key) == own }
        }
    }

    /// For sentences: `/dev/video0 (serial TC0001, bus usb-0000:00:14.0-1)`.
    package var wording: String {
        let facts = [CameraName.Key.serial, .bus].compactMap { key in value(of: key).map { "\(key.rawValue) \($0)" } }
        return facts.isEmpty ? device : "\(device) (\(facts.joined(separator: ", ")))"
    }
}
