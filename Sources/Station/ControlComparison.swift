package import Capture
package import Publishing

/// How a camera's controls stand to what the settings ask for and to what a support set was enrolled under.
package enum ControlComparison {
    /// More are counted, not told.
    package static let mostTold = 32

    /// What differs: first what the settings ask for, then what the set remembers.
    ///
    /// Of the set only controls count that shape the picture now: not those that the camera changes by itself
    /// (volatile) or that cannot be set. One that an automatic rules now, and did not then, differs.
    ///
    /// - Parameter enrolled: values by name as the set's manifest has them; nil without a set.
    package static func differences(
        of controls: CameraControls, enrolled: [String: String]?
    ) -> [ControlDifference] {
        let asked = controls.faults.map { fault in
            ControlDifference(
                control: fault.name, measure: .settings, wanted: fault.wanted, found: fault.found,
                sentence: "\(fault)")
        }
        let known = Set(asked.map(\.control))
        let remembered = (enrolled ?? [:]).sorted { $0.key < $1.key }.compactMap { name, text in
            known.contains(name) ? nil : difference(of: controls.control(named: name), name: name, enrolled: text)
        }
        return asked + remembered
    }

    private static func difference(
        of control: CameraControl?, name: String, enrolled text: String
    ) -> ControlDifference? {
        func difference(_ wanted: String, _ found: String?, _ what: String) -> ControlDifference {
            ControlDifference(
                control: name, measure: .supportSet, wanted: wanted, found: found,
                sentence: "\(name): the support set was enrolled with \(wanted), \(what)")
        }
        guard let control else { return difference(text, nil, "but this camera has no such control") }
        // A manifest with anything else than a number was refused when the set was opened.
        guard let wanted = Int64(text) else { return nil }
        let words = control.wording(of: wanted)
        if control.flags.contains(.volatile) || control.flags.contains(.readOnly) { return nil }
        guard let value = control.value else { return difference(words, nil, "but now it cannot be read") }
        let found = control.wording(of: value)
        if control.flags.contains(.inactive) {
            return difference(words, found, "now it has \(found) and is ruled by an automatic")
        }
        return value == wanted ? nil : difference(words, found, "now it has \(found)")
    }
}
