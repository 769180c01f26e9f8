internal import Capture

/// The controls of a camera for `assayctl cameras`.
enum ControlLines {
    /// The controls as they are, ready for the settings of a line; nil for a camera without any.
    static func settings(_ controls: [CameraControl]) -> String? {
        let values = controls.filter(\.isSteady).compactMap { control in
            control.value.map { "\(control.name): \(setting($0, of: control))" }
        }
        return values.isEmpty ? nil : "  controls: {\(values.joined(separator: ", "))}"
    }

    /// One line each: name, value, what it may be, and what is particular.
    static func list(_ controls: [CameraControl]) -> [String] {
        let width = controls.map(\.name.count).max() ?? 0
        return controls.map { control in
            let name = control.name + String(repeating: " ", count: width - control.name.count)
            let value = control.value.map(control.wording) ?? "–"
            let particular = [
                control.kind == .payload || control.kind == .button
                    ? nil : "default \(control.wording(of: control.standard))",
                control.flags.names.isEmpty ? nil : control.flags.names.joined(separator: ", "),
            ].compactMap { $0 }
            return "    \(name)  \(value)  (\(([control.rangeWording] + particular).joined(separator: "; ")))"
        }
    }

    private static func setting(_ value: Int64, of control: CameraControl) -> String {
        control.kind == .boolean ? (value == 0 ? "false" : "true") : "\(value)"
    }
}

/// A control in the JSON of `assayctl cameras`.
struct ControlListing: Encodable {
    struct Item: Encodable {
        let value: Int64
        let label: String
    }

    let name: String
    let kind: String
    let minimum: Int64
    let maximum: Int64
    let step: UInt64
    let standard: Int64

    /// Absent where it cannot be read.
    let value: Int64?
    let menu: [Item]
    let flags: [String]

    enum CodingKeys: String, CodingKey {
        case name, kind, minimum, maximum, step, value, menu, flags
        case standard = "default"
    }

    init(_ control: CameraControl) {
        name = control.name
        kind = control.kind.rawValue
        minimum = control.minimum
        maximum = control.maximum
        step = control.step
        standard = control.standard
        value = control.value
        menu = control.menu.map { Item(value: $0.index, label: $0.label) }
        flags = control.flags.names
    }
}
