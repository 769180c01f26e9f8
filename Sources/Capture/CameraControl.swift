/// One setting that a camera offers: what it is called, what it may be, and what it was when it was last read.
package struct CameraControl: Equatable, Sendable {
    /// How the value is to be understood.
    package enum Kind: String, Sendable, CaseIterable {
        case integer
        case boolean
        case menu
        case integerMenu = "integer menu"
        case bitmask
        case button
        case integer64 = "wide integer"

        /// Text or a structure; only listed.
        case payload
    }

    /// One entry of a menu.
    package struct MenuItem: Equatable, Sendable {
        package let index: Int64

        /// What the driver calls it; of an integer menu the number that it stands for.
        package let label: String

        package init(index: Int64, label: String) {
            self.index = index
            self.label = label
        }
    }

    /// The driver's number for it (`V4L2_CID_…`).
    package let id: UInt32

    /// As `v4l2-ctl` has it: `exposure_time_absolute`.
    package let name: String
    package let kind: Kind
    package var minimum: Int64
    package var maximum: Int64
    package var step: UInt64

    /// What the driver calls the default.
    package let standard: Int64

    /// The entries that may be chosen; empty for what is no menu.
    package let menu: [MenuItem]
    package var flags: ControlFlags

    /// Nil for what cannot be read.
    package var value: Int64?

    package init(
        id: UInt32, name: String, kind: Kind, minimum: Int64, maximum: Int64, step: UInt64, standard: Int64,
        menu: [MenuItem] = [], flags: ControlFlags = [], value: Int64? = nil
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
        self.standard = standard
        self.menu = menu
        self.flags = flags
        self.value = value
    }

    /// Has a number that can be asked for.
    package var isReadable: Bool {
        kind != .payload && kind != .button && !flags.contains(.writeOnly) && !flags.contains(.disabled)
    }

    package var isSettable: Bool {
        kind != .payload && !flags.contains(.readOnly) && !flags.contains(.disabled)
    }

    /// Has a value that stays as it was set and shapes the picture now.
    ///
    /// Not so what the camera changes by itself (volatile), what an automatic has switched off (inactive), and what
    /// cannot be set in the first place.
    package var isSteady: Bool {
        isReadable && isSettable && value != nil && !flags.contains(.volatile) && !flags.contains(.inactive)
    }

    /// A value as a person reads it: `1 (Manual Mode)`, `true`, `0x1f`, `156`.
    package func wording(of value: Int64) -> String {
        switch kind {
        case .boolean: return value == 0 ? "false" : "true"
        case .bitmask: return "0x" + String(UInt32(truncatingIfNeeded: value), radix: 16)
        case .menu, .integerMenu:
            guard let item = menu.first(where: { $0.index == value }) else { return "\(value)" }
            return "\(value) (\(item.label))"
        case .integer, .integer64, .button, .payload: return "\(value)"
        }
    }

    /// What it may be: `3 to 2047`, `2000 to 6500 step 10`, `0 (Auto Mode), 1 (Manual Mode)`.
    package var rangeWording: String {
        switch kind {
        case .boolean: return "true or false"
        case .button: return "true, which presses it"
        case .payload: return "nothing that settings can hold"
        case .bitmask: return "0 to \(wording(of: maximum))"
        case .menu, .integerMenu: return menu.map { "\($0.index) (\($0.label))" }.joined(separator: ", ")
        case .integer, .integer64: return "\(minimum) to \(maximum)" + (step > 1 ? " step \(step)" : "")
        }
    }
}
