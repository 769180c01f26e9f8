internal import Glibc
internal import Settings
internal import Testing

/// Files that are no settings at all are refused, quickly and with a reason.
@Suite struct HostileFileTests {
    @Test func aMissingFileIsToldOf() throws {
        #expect(try SettingsFolder().problems() == ["assay.yaml: cannot be read: No such file or directory"])
    }

    @Test func aDirectoryInPlaceOfTheFileIsToldOf() throws {
        let folder = try SettingsFolder()
        #expect(throws: SettingsErrors.self) { try Settings(contentsOf: folder.path, dropIns: nil) }
    }

    @Test func aPipeInPlaceOfTheFileDoesNotBlock() throws {
        let folder = try SettingsFolder()
        try #require(unsafe mkfifo(folder.main, 0o600) == 0)
        #expect(folder.problems() == ["assay.yaml: is not a file"])
    }

    @Test func aFileThatIsTooLargeIsRefused() throws {
        let folder = try SettingsFolder()
        try folder.write([UInt8](repeating: UInt8(ascii: "#"), count: (1 << 20) + 1), to: "assay.yaml")
        #expect(folder.problems() == ["assay.yaml: is larger than 1048576 bytes; no settings need as much"])
    }

    @Test func bytesThatAreNotUTF8AreToldWithTheirLine() throws {
        let folder = try SettingsFolder()
        try folder.write(Array("workers: 1\n# gr".utf8) + [0xfc] + Array("n\n".utf8), to: "assay.yaml")
        #expect(folder.problems() == ["assay.yaml:2: is not UTF-8; save the file as UTF-8 text"])
        try folder.write([0xff, 0xfe, 0x77, 0x00], to: "assay.yaml")
        #expect(folder.problems() == ["assay.yaml:1: is not UTF-8; save the file as UTF-8 text"])
    }

    @Test func controlCharactersAreToldWithTheirLine() throws {
        let found = try problems("workers: 1\nlog: {level: \u{1}}\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("assay.yaml:2: is not YAML: ") == true)
    }

    @Test func aKeyGivenTwiceIsToldAtItsSecondPlace() throws {
        #expect(
            try problems("mqtt:\n  port: 1\n  host: a\n  port: 2\n")
                == ["assay.yaml:4: port: is given twice in one section; keep one of them"])
    }

    @Test(arguments: [
        ("a\n", "assay.yaml:1: is not a settings file; it must be \"key: value\" lines"),
        ("- a\n", "assay.yaml:1: is not a settings file; it must be \"key: value\" lines"),
        ("workers: 1\n---\nworkers: 2\n", "assay.yaml:2: is not YAML: but found another document"),
        ("workers: [1\n", "assay.yaml:2: is not YAML: "),
        ("mqtt:\n\thost: a\n", "assay.yaml:2: is not YAML: found character that cannot start any token"),
        ("workers: 1\n  log: 2\n", "assay.yaml:2: is not YAML: mapping values are not allowed in this context"),
        ("lines: {a: {camera: {replay: *.png}}}\n", "assay.yaml:1: is not YAML: "),
        ("workers: &w 2\n", "assay.yaml:1: workers: YAML anchors (&name) are not supported; write the values out"),
        ("workers: !!int 2\n", "assay.yaml:1: workers: YAML tags (!name) are not supported; leave the tag out"),
        (
            "mqtt:\n  <<: {port: 1}\n",
            "assay.yaml:2: mqtt: YAML merge keys (<<) are not supported; write the values out"
        ),
        ("? [a]\n: 1\n", "assay.yaml:1: a key must be plain text"),
    ])
    func textThatIsNoSettingsIsRefused(_ text: String, _ problem: String) throws {
        let found = try problems(text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(problem) == true, "\(found)")
    }

    @Test func deepNestingIsRefused() throws {
        for depth in [17, 900, 100_000] {
            let found = try problems("lines: " + String(repeating: "[", count: depth) + "\n")
            #expect(!found.isEmpty)
            let maps = String(repeating: "{a: ", count: depth) + "1" + String(repeating: "}", count: depth)
            #expect(try !problems("lines: \(maps)\n").isEmpty)
        }
    }

    @Test func nestedAliasesAreRefusedBeforeTheyGrow() throws {
        // Ten aliases a level, nine levels: a thousand million values from a few lines.
        var text = "a: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text +=
                "b\(level): &l\(level) [" + Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        let start = ContinuousClock.now
        #expect(
            try problems(text)
                == ["assay.yaml:1: uses YAML aliases (*name), which are not supported; write the values out"])
        // The same as a key, which the parser would have to compare.
        #expect(try !problems(text + "? *l9\n: 1\n").isEmpty)
        // Few enough to reach the parser.
        let few = "a: &a {k: v}\nb: &b {? *a : *a, c: *a}\nc: &c {? *b : *b}\nd: &d {? *c : *c}\n? *d\n: 1\n"
        #expect(try !problems(few).isEmpty)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func tooManyValuesAreRefused() throws {
        let lines = (0..<30_000).map { "  k\($0): 1\n" }.joined()
        let found = try problems("lines:\n" + lines)
        #expect(found.contains { $0.contains("more than 20000 values") })
        let unknown = try problems((0..<5_000).map { "k\($0): 1\n" }.joined())
        #expect(unknown.count == 101)
        #expect(unknown.last == "and 4900 more problems")
    }

    @Test func anyCutOfAGoodFileIsEitherGoodOrRefused() throws {
        let text = "mqtt: {host: \"a\", port: 1}\nlines:\n  a:\n    camera: {device: /dev/v}\n    support_set: /s\n"
        for length in 0..<text.utf8.count {
            _ = try problems(String(decoding: text.utf8.prefix(length), as: UTF8.self))
        }
        #expect(try problems(text) == [])
    }
}
