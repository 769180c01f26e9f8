/// Reads the keys of one section and notes what is wrong with them.
struct SectionReader {
    /// Empty for the top.
    let path: String
    let place: SettingsPlace
    private var findings = SettingsFindings()

    private let entries: [SettingsTree.Entry]
    private var known: Set<String> = []
    /// Keys that were refused with a reason of their own, and so are neither unknown nor what was meant.
    private var refused: Set<String> = []

    /// - Parameter tree: nil where the section is not given: every key then has its default.
    init(_ tree: SettingsTree?, path: String, place: SettingsPlace) {
        self.path = path
        self.place = place
        switch tree?.content {
        case nil, .empty, .unset, .refused: entries = []
        case .map(let given): entries = given
        case .scalar(let text, _):
            entries = []
            findings.problems = [
                (tree?.place ?? place).problem(path, "must be a section with keys, not \(text.quoted)")
            ]
        case .list:
            entries = []
            findings.problems = [(tree?.place ?? place).problem(path, "must be a section with keys, not a list")]
        }
    }

    /// The keys that are given, known or not.
    var names: [String] { entries.filter { $0.value.content != .unset }.map(\.name) }

    /// Takes all keys of this section for known.
    mutating func acceptAll() { known.formUnion(entries.map(\.name)) }

    /// Takes these keys for known, without reading them.
    mutating func acceptAll(of names: [String]) { known.formUnion(names) }

    func isGiven(_ name: String) -> Bool { entry(name).map { $0.value.content != .unset } ?? false }

    /// Whether the section called `name` is given and has no keys.
    func isBare(_ name: String) -> Bool {
        switch entry(name)?.value.content {
        case .empty: true
        case .map(let entries): entries.allSatisfy { $0.value.content == .unset }
        default: false
        }
    }

    /// The value of `key`; its default where it is not given or refused.
    mutating func value<Value>(_ key: SettingsKey<Value>) -> Value? {
        let name = key.facts.name
        known.insert(name)
        guard let entry = entry(name) else { return key.standard }
        switch entry.value.content {
        case .unset, .refused: return key.standard
        case .empty:
            let standard = key.facts.standard
            note(entry, "has no value; give one, or leave the key out (default: \(standard))")
        case .list, .map: note(entry, "must be a single value, not a list or section (\(key.facts.summary))")
        case .scalar(let text, let isPlain):
            do throws(Refusal) {
                return try key.read(SettingsScalar(text: text, isPlain: isPlain, place: entry.value.place))
            } catch {
                note(entry, error.message)
            }
        }
        return key.standard
    }

    /// The elements of a list; its default where it is not given or refused.
    mutating func list<Element>(_ key: SettingsListKey<Element>) -> [Element] {
        let name = key.facts.name
        known.insert(name)
        guard let entry = entry(name), entry.value.content != .unset, entry.value.content != .refused else {
            return key.standard
        }
        guard case .list(let elements) = entry.value.content else {
            note(entry, "must be a list, such as \(key.facts.standard) (\(key.facts.summary))")
            return key.standard
        }
        var values: [Element] = []
        for element in elements {
            do throws(Refusal) {
                values.append(try key.element(element))
            } catch {
                note(entry, error.message)
                return key.standard
            }
        }
        return values
    }

    /// The elements of a list of texts; none where it is not given or refused.
    mutating func texts(_ key: SettingsTextsKey) -> [String] {
        let name = key.facts.name
        known.insert(name)
        guard let entry = entry(name), entry.value.content != .unset, entry.value.content != .refused else { return [] }
        guard case .list(let elements) = entry.value.content, elements.count <= key.limit else {
            note(entry, "must be a list (\(key.facts.summary))")
            return []
        }
        var values: [String] = []
        for element in elements {
            do throws(Refusal) {
                values.append(try key.element(element))
            } catch {
                note(entry, error.message)
                return []
            }
        }
        return values
    }

    /// The value of a key that has a fixed default.
    mutating func settled<Value>(_ key: SettingsKey<Value>) -> Value {
        guard let value = value(key) else { preconditionFailure("\(key.facts.path) has no fixed default") }
        return value
    }

    /// The value of a key that must be given.
    mutating func required<Value>(_ key: SettingsKey<Value>, _ remedy: String) -> Value? {
        let value = value(key)
        if value == nil, !isGiven(key.facts.name) {
            miss(key.facts.name, remedy)
        }
        return value
    }

    /// The section called `name` below this one; one without keys where it is not given.
    mutating func section(_ name: String) -> SectionReader {
        known.insert(name)
        let below = path.isEmpty ? name : "\(path).\(name)"
        return SectionReader(entry(name)?.value, path: below, place: entry(name)?.place ?? place)
    }

    /// Refuses the keys called `names` where they are given, with the reason.
    mutating func refuse(_ names: [String], _ reason: String) {
        for entry in entries where names.contains(entry.name) && isGiven(entry.name) { note(entry, reason) }
        refused.formUnion(names)
    }

    /// Notes a problem with the key called `name`, or with the section where that key is not given.
    mutating func note(_ name: String, _ message: String) {
        if let entry = entry(name) {
            note(entry, message)
        } else {
            findings.problems.append(place.problem(path, message))
        }
    }

    /// Notes that a key is missing.
    mutating func miss(_ name: String, _ remedy: String) {
        findings.absences.append(place.problem(path, "has no \(name); \(remedy)"))
    }

    /// Refuses the keys that no one asked for, and hands over what was found.
    mutating func finish(into all: inout SettingsFindings) {
        let isExplained = known.union(refused)
        for entry in entries where !isExplained.contains(entry.name) && entry.value.content != .unset {
            note(entry, "is not a known key\(remedy(entry.name))")
        }
        all.problems += findings.problems
        all.absences += findings.absences
    }

    private func entry(_ name: String) -> SettingsTree.Entry? { entries.first { $0.name == name } }

    private mutating func note(_ entry: SettingsTree.Entry, _ message: String) {
        let key = path.isEmpty ? entry.name.printable : "\(path).\(entry.name.printable)"
        findings.problems.append(entry.place.problem(key, message))
    }

    private func remedy(_ name: String) -> String {
        if let meant = NearMiss.of(name, among: known.sorted()) { return "; did you mean \(meant.quoted)?" }
        if let elsewhere = SettingsKeys.all.first(where: { $0.name == name && $0.path != name }) {
            return "; it belongs under \(elsewhere.section.quoted)"
        }
        if SettingsKeys.all.contains(where: { $0.path == name || $0.path.hasPrefix("\(name).") }) {
            return "; it belongs at the top, without indentation"
        }
        return "; known here: \(known.sorted().joined(separator: ", "))"
    }
}
