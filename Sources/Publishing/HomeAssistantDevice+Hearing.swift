internal import Foundation

/// What the broker has kept of an announcement.
extension HomeAssistantDevice {
    private struct Announced: Decodable {
        struct Component: Decodable {
            let platform: String
            let unique: String?

            private enum CodingKeys: String, CodingKey {
                case platform
                case unique = "unique_id"
            }
        }

        struct Device: Decodable { let identifiers: [String] }
        struct Origin: Decodable { let name: String }

        let device: Device?
        let origin: Origin?
        let components: [String: Component]
    }

    /// A longer announcement than any of ours is not looked at.
    static let byteLimit = 1 << 20

    /// Nil for what is none; the next announcement takes its place.
    private func read(_ payload: [UInt8]) -> Announced? {
        guard !payload.isEmpty, payload.count <= Self.byteLimit else { return nil }
        do {
            return try JSONDecoder().decode(Announced.self, from: Data(payload))
        } catch {
            return nil
        }
    }

    /// Whether a run of this station announced it so.
    func isOwn(_ payload: [UInt8]) -> Bool {
        guard let announced = read(payload) else { return false }
        return announced.device?.identifiers == [identifier] && announced.origin?.name == Self.origin
    }

    /// The announcement of an earlier run, as the broker kept it: which lines are no longer there?
    ///
    /// - Returns: a new announcement if there are any.
    mutating func heard(_ payload: [UInt8]) -> MQTTMessage? {
        guard let announced = read(payload) else { return nil }
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

    private static func isOurs(_ key: String, platform: String) -> Bool {
        HomeAssistantComponent.allCases.contains { component in
            key.hasSuffix("_\(component.rawValue)") && component.platform.rawValue == platform
                && LineName(known: String(key.dropLast(component.rawValue.utf8.count + 1))) != nil
        }
    }
}

extension LineName {
    /// Nil for what is no line's name.
    init?(known name: String) {
        do throws(PublishingError) {
            try self.init(name)
        } catch {
            return nil
        }
    }
}
