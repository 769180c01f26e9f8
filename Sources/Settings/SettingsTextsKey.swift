/// A key of the settings file that holds a list of texts.
struct SettingsTextsKey: Sendable {
    let facts: KeyFacts
    let limit: Int
    private let rule: TextRule

    /// - Parameter what: what the list holds, in the plural.
    init(_ path: String, of what: String, _ rule: TextRule, atMost limit: Int, _ effect: ChangeEffect) {
        facts = KeyFacts(
            path: path, type: "list of \(what)", range: "at most \(limit)", unit: nil, standard: "[]", effect: effect)
        self.rule = rule
        self.limit = limit
    }

    func element(_ tree: SettingsTree) throws(Refusal) -> String {
        guard case .scalar(let text, let isPlain) = tree.content else {
            throw Refusal(message: "holds something that is no text; it is a \(facts.type)")
        }
        return try rule.checked(SettingsScalar(text: text, isPlain: isPlain, place: tree.place))
    }
}
