internal import Yams

/// One YAML text as a tree with line numbers.
///
/// Only what settings need is taken: one document, maps with text keys, scalars. Anchors, aliases and tags are refused,
/// because a short text can grow without bound through them.
struct SettingsDocument {
    static let depthLimit = 16
    static let nodeLimit = 20_000
    /// More places that look like an alias than this are refused before the parser sees them: it compares keys, and
    /// the key of a text with nested aliases can be as large as two to the power of their number.
    static let aliasLimit = 16

    let tree: SettingsTree
    private(set) var problems: [SettingsProblem] = []

    init(parsing text: String, file: String) {
        let start = SettingsPlace(file: file, line: 1)
        guard Self.aliasLikeCount(in: text) <= Self.aliasLimit else {
            tree = SettingsTree(place: start, content: .refused)
            problems = [start.problem("", "uses YAML aliases (*name), which are not supported; write the values out")]
            return
        }
        do {
            // The parser owns the anchors: it must outlive the nodes' reading.
            let parser = try Parser(yaml: text, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                tree = SettingsTree(place: start, content: .empty)
                return
            }
            var reading = Reading(file: file)
            tree = withExtendedLifetime(parser) { reading.tree(of: root, depth: 0, key: "") }
            problems = reading.problems
        } catch {
            tree = SettingsTree(place: start, content: .refused)
            problems = YAMLFault(error, file: file, text: text).problems
        }
    }

    /// Counts `*` where a token may begin; comments are left out, quoted text is not.
    private static func aliasLikeCount(in text: String) -> Int {
        var count = 0
        var before = UInt8(ascii: "\n")
        var isComment = false
        for byte in text.utf8 {
            let followsBlank = " \t\n\r".utf8.contains(before)
            if byte == UInt8(ascii: "\n") { isComment = false }
            if byte == UInt8(ascii: "#"), followsBlank { isComment = true }
            if byte == UInt8(ascii: "*"), !isComment, followsBlank || "[{,:?-".utf8.contains(before) { count += 1 }
            before = byte
        }
        return count
    }
}
