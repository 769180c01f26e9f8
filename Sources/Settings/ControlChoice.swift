/// What a camera's control is to be set to.
package enum ControlChoice: Equatable, Sendable {
    /// A number, or the index of a menu's entry.
    case number(Int)
    case truth(Bool)

    /// A menu's entry by its words.
    case item(String)
}

extension ControlChoice {
    /// More controls than any camera has.
    static let countLimit = 64

    /// Plain text that is a number or a truth is one; all else, and all in quotes, names a menu's entry.
    init(_ scalar: SettingsScalar) throws(Refusal) {
        let text = scalar.text
        switch text {
        case "true" where scalar.isPlain: self = .truth(true)
        case "false" where scalar.isPlain: self = .truth(false)
        default:
            if scalar.isPlain, let number = Self.number(text) {
                self = .number(number)
                return
            }
            let isNumber = scalar.isPlain && text.utf8.allSatisfy { "+-.0123456789".utf8.contains($0) }
            let isPrintable = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            guard !isNumber, !text.isEmpty, text.utf8.count <= 64, isPrintable else {
                throw Refusal(
                    message: "must be a whole number, true, false or a menu's entry, not \(scalar.text.quoted)")
            }
            self = .item(text)
        }
    }

    /// Decimal, or hexadecimal after `0x`, within what a driver can hold.
    private static func number(_ text: String) -> Int? {
        text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    }

    /// All controls of the section `controls`, by name.
    static func all(reading section: inout SectionReader) -> [String: ControlChoice] {
        let names = section.names
        section.acceptAll()
        guard names.count <= countLimit else {
            section.note("", "has \(names.count) controls, at most \(countLimit) are possible")
            return [:]
        }
        var choices: [String: ControlChoice] = [:]
        for name in names {
            let isName =
                name.utf8.count <= 64
                && name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".utf8.contains($0) }
            guard isName, !name.isEmpty else {
                section.note(
                    name, "is no control's name; it is a-z, 0-9 and _, as \"assayctl cameras\" prints it")
                continue
            }
            let facts = SettingsKeys.controls.facts
            let key = SettingsKey<ControlChoice>(
                facts: KeyFacts(
                    path: "\(facts.path).\(name)", type: facts.type, range: nil, unit: nil, standard: "as it is",
                    effect: facts.effect),
                standard: nil
            ) { scalar throws(Refusal) in try ControlChoice(scalar) }
            if let choice = section.value(key) { choices[name] = choice }
        }
        return choices
    }
}
