internal import Glibc
internal import Settings
internal import Testing

/// `Config/assay.yaml` is valid and complete, and says of each key what the code says.
@Suite struct ExampleTests {
    private let path: String
    private let rows: [Row]

    /// A key of the example: its path with the line's name as `<line>`, its value and the comment lines above it.
    private struct Row {
        let path: String
        let comments: [String]
    }

    init() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        path = root.joined(separator: "/") + "/Config/assay.yaml"
        var rows: [Row] = []
        var sections: [(indent: Int, name: String)] = []
        var comments: [String] = []
        for line in try Self.lines(of: path) {
            let indent = line.prefix { $0 == " " }.count
            let text = line.dropFirst(indent)
            if text.hasPrefix("# ") {
                comments.append(String(text.dropFirst(2)))
            } else if let colon = text.firstIndex(of: ":") {
                sections.removeAll { $0.indent >= indent }
                let isLine = sections.map(\.name) == ["lines"]
                sections.append((indent, isLine ? "<line>" : String(text[..<colon])))
                rows.append(Row(path: sections.map(\.name).joined(separator: "."), comments: comments))
                comments = []
            } else {
                comments = []
            }
        }
        self.rows = rows
    }

    @Test func theExampleIsValid() throws {
        let settings = try Settings(contentsOf: path, dropIns: nil)
        #expect(settings.lines.map(\.name) == ["blister", "rehearsal"])
    }

    @Test func theExampleHasEveryKey() {
        let given = Set(rows.map(\.path))
        #expect(SettingsKeys.all.map(\.path).filter { !given.contains($0) } == [])
        #expect(Set(SettingsKeys.all.map(\.path)).count == SettingsKeys.all.count)
    }

    @Test func theExampleHasNoKeyThatTheListLacks() {
        let known = Set(SettingsKeys.all.map(\.path))
        let sections = Set(
            known.flatMap { path in
                let names = path.split(separator: ".")
                return (1..<max(1, names.count)).map { names.prefix($0).joined(separator: ".") }
            })
        #expect(rows.map(\.path).filter { !known.contains($0) && !sections.contains($0) } == [])
    }

    @Test(arguments: SettingsKeys.all.map(\.path))
    func aKeyIsDocumentedAsTheCodeHasIt(_ path: String) throws {
        let facts = try #require(SettingsKeys.all.first { $0.path == path })
        let row = try #require(rows.first { $0.path == path })
        #expect(row.comments.last == facts.summary)
    }

    @Test func aKeyWithoutItsDocumentationWouldBeFound() {
        #expect(rows.contains { $0.path == "lines.<line>.deadline_ms" && $0.comments.count == 2 })
        #expect(rows.contains { $0.path == "mqtt" && $0.comments.isEmpty })
    }

    private static func lines(of path: String) throws -> [String] {
        let descriptor = unsafe open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
    }
}
