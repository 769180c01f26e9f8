/// A key of the settings file and how its text becomes a value.
struct SettingsKey<Value: Sendable>: Sendable {
    let facts: KeyFacts
    /// The value where the key is not given; nil where there is none, or where it depends on other settings.
    let standard: Value?
    let read: @Sendable (SettingsScalar) throws(Refusal) -> Value
}

/// Text of a settings file that should become a value.
struct SettingsScalar: Sendable {
    let text: String
    /// Written without quotes.
    let isPlain: Bool
    let place: SettingsPlace
}

/// Why a text is not a value of its key.
struct Refusal: Error {
    let message: String
}

extension SettingsKey where Value == Int {
    init(
        _ path: String, in range: ClosedRange<Int>, unit: String? = nil, standard: Int?, note: String? = nil,
        _ effect: ChangeEffect
    ) {
        let allowed = "\(range.lowerBound) to \(range.upperBound)"
        self.init(
            facts: KeyFacts(
                path: path, type: "integer", range: allowed, unit: unit,
                standard: note ?? standard.map { "\($0)" } ?? "none", effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in
            if scalar.isPlain, let value = Int(scalar.text), range.contains(value) { return value }
            let quotes = scalar.isPlain ? "" : " in quotes"
            let measured = unit.map { " \($0)" } ?? ""
            throw Refusal(
                message: "must be a whole number from \(allowed)\(measured), not \(scalar.text.quoted)\(quotes)")
        }
    }
}

extension SettingsKey where Value == Double {
    init(_ path: String, in range: ClosedRange<Double>, unit: String, standard: Double, _ effect: ChangeEffect) {
        let allowed = "\(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
        self.init(
            facts: KeyFacts(
                path: path, type: "number", range: allowed, unit: unit, standard: Self.plain(standard), effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in
            let isDecimal = scalar.text.utf8.allSatisfy { "+-.0123456789eE".utf8.contains($0) }
            if scalar.isPlain, isDecimal, let value = Double(scalar.text), range.contains(value) { return value }
            let quotes = scalar.isPlain ? "" : " in quotes"
            throw Refusal(message: "must be a number from \(allowed) \(unit), not \(scalar.text.quoted)\(quotes)")
        }
    }

    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}

extension SettingsKey where Value == Bool {
    init(_ path: String, standard: Bool, _ effect: ChangeEffect) {
        self.init(path, standard: standard, note: "\(standard)", effect)
    }

    /// - Parameter note: what the default follows from.
    init(_ path: String, _ note: String, _ effect: ChangeEffect) {
        self.init(path, standard: nil, note: note, effect)
    }

    private init(_ path: String, standard: Bool?, note: String, _ effect: ChangeEffect) {
        self.init(
            facts: KeyFacts(
                path: path, type: "true or false", range: nil, unit: nil, standard: note, effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in
            switch (scalar.text, scalar.isPlain) {
            case ("true", true): return true
            case ("false", true): return false
            default:
                let quotes = scalar.isPlain ? "" : " in quotes"
                throw Refusal(message: "must be true or false, not \(scalar.text.quoted)\(quotes)")
            }
        }
    }
}

extension SettingsKey where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    init(_ path: String, standard: Value, _ effect: ChangeEffect) {
        let names = Value.allCases.map(\.rawValue)
        self.init(
            facts: KeyFacts(
                path: path, type: "one of \(names.joined(separator: ", "))", range: nil, unit: nil,
                standard: standard.rawValue, effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in
            if let value = Value(rawValue: scalar.text) { return value }
            let meant = NearMiss.of(scalar.text, among: names).map { "; did you mean \($0.quoted)?" } ?? ""
            throw Refusal(message: "must be one of \(names.joined(separator: ", ")), not \(scalar.text.quoted)\(meant)")
        }
    }
}

extension SettingsKey where Value == String {
    /// - Parameter note: what the default is, where it is not a fixed text.
    init(_ path: String, _ rule: TextRule, standard: String? = nil, _ note: String, _ effect: ChangeEffect) {
        self.init(
            facts: KeyFacts(path: path, type: rule.type, range: rule.range, unit: nil, standard: note, effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in try rule.checked(scalar) }
    }
}
