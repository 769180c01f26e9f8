/// What an operator needs to know about one key.
package struct KeyFacts: Equatable, Sendable {
    /// The key with its sections; `<line>` stands for a line's name.
    package let path: String
    package let type: String
    /// The values allowed, in words; nil where the type says it all.
    package let range: String?
    package let unit: String?
    /// The default as it would be written, or what it follows from.
    package let standard: String
    package let effect: ChangeEffect

    package var name: String { path.split(separator: ".").last.map(String.init) ?? path }

    /// The section the key belongs to; empty for the top.
    package var section: String { path.split(separator: ".").dropLast().joined(separator: ".") }

    /// The line that documents this key in the example.
    package var summary: String {
        let allowed = range.map { ", \($0)" } ?? ""
        let measured = unit.map { " \($0)" } ?? ""
        return "\(type)\(allowed)\(measured); default: \(standard); \(effect.rawValue)"
    }
}
