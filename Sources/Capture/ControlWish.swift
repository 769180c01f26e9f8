/// What a control is to be set to.
package enum ControlValue: Equatable, Sendable, CustomStringConvertible {
    case number(Int64)
    case truth(Bool)

    /// An entry of a menu by its words; case and punctuation do not matter.
    case item(String)

    package var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .truth(let isOn): isOn ? "true" : "false"
        case .item(let words): "\"\(words)\""
        }
    }
}

/// One control with the value that the settings want it to have.
package struct ControlWish: Equatable, Sendable {
    /// As `v4l2-ctl` has it, or one of `ControlName.aliases`.
    package let name: String
    package let value: ControlValue

    package init(_ name: String, _ value: ControlValue) {
        self.name = name
        self.value = value
    }
}
