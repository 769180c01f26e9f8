/// How a line's pictures are turned: first clockwise, then mirrored.
package struct OrientationSettings: Equatable, Sendable {
    package enum Flip: String, CaseIterable, Sendable {
        case none, horizontal, vertical
    }

    /// In degrees, clockwise: 0, 90, 180 or 270.
    package let rotation: Int
    package let flip: Flip

    package init(rotation: Int = 0, flip: Flip = .none) {
        self.rotation = rotation
        self.flip = flip
    }

    static let rotations = [0, 90, 180, 270]

    /// Width and height change places.
    var isSideways: Bool { rotation == 90 || rotation == 270 }

    init(reading orientation: inout SectionReader) {
        rotation = orientation.settled(SettingsKeys.rotate)
        flip = orientation.settled(SettingsKeys.flip)
    }
}

extension SettingsKey where Value == Int {
    /// One of a few numbers.
    init(_ path: String, among values: [Int], unit: String, standard: Int, _ effect: ChangeEffect) {
        let allowed = values.map { "\($0)" }.joined(separator: ", ")
        self.init(
            facts: KeyFacts(
                path: path, type: "one of \(allowed)", range: nil, unit: unit, standard: "\(standard)", effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in
            if scalar.isPlain, let value = Int(scalar.text), values.contains(value) { return value }
            let quotes = scalar.isPlain ? "" : " in quotes"
            throw Refusal(message: "must be one of \(allowed) \(unit), not \(scalar.text.quoted)\(quotes)")
        }
    }
}
