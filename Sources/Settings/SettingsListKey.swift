/// A key of the settings file that holds a list of words.
struct SettingsListKey<Element: RawRepresentable & CaseIterable & Sendable>: Sendable where Element.RawValue == String {
    let facts: KeyFacts
    let standard: [Element]

    init(_ path: String, standard: [Element], _ effect: ChangeEffect) {
        let names = Element.allCases.map(\.rawValue).joined(separator: ", ")
        facts = KeyFacts(
            path: path, type: "list of \(names)", range: nil, unit: nil,
            standard: "[\(standard.map(\.rawValue).joined(separator: ", "))]", effect: effect)
        self.standard = standard
    }

    func element(_ tree: SettingsTree) throws(Refusal) -> Element {
        let names = Element.allCases.map(\.rawValue)
        guard case .scalar(let text, _) = tree.content else {
            throw Refusal(message: "holds something that is no word; it is a \(facts.type)")
        }
        if let element = Element(rawValue: text) { return element }
        let meant = NearMiss.of(text, among: names).map { "; did you mean \($0.quoted)?" } ?? ""
        throw Refusal(message: "holds \(text.quoted), which is none of \(names.joined(separator: ", "))\(meant)")
    }
}
