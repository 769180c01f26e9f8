internal import Yams

/// What the YAML parser objects to, as settings problems.
struct YAMLFault {
    let problems: [SettingsProblem]

    init(_ error: any Error, file: String, text: String) {
        guard let error = error as? YamlError else {
            problems = [SettingsProblem(file: file, line: nil, key: "", message: "is not YAML: \(error)")]
            return
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let setting = context.map { " (\($0.text))" } ?? ""
            problems = [Self.problem(file, mark.line, "is not YAML: \(problem)\(setting)\(Self.remedy(problem))")]
        case .reader(let problem, let offset, _, _):
            let line = 1 + text.utf8.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") }
            problems = [Self.problem(file, line, "is not YAML: \(problem)")]
        case .duplicatedKeysInMapping(let keys, let context):
            problems = keys.map { key in
                let line = Self.repetition(of: key, after: context.mark, in: text) ?? context.mark.line
                return SettingsProblem(
                    file: file, line: line, key: key.printable,
                    message: "is given twice in one section; keep one of them")
            }
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            problems = [SettingsProblem(file: file, line: nil, key: "", message: "is not YAML: \(error)")]
        }
    }

    private static func problem(_ file: String, _ line: Int, _ message: String) -> SettingsProblem {
        SettingsProblem(file: file, line: line, key: "", message: message)
    }

    /// The mistakes that people make most.
    private static func remedy(_ problem: String) -> String {
        if problem.contains("start any token") {
            return "; put text with special characters in quotes, indent by spaces"
        }
        if problem.contains("mapping values are not allowed") {
            return "; check the indentation, and quote text with a colon"
        }
        if problem.contains("could not find expected ':'") { return "; each setting is \"key: value\"" }
        if problem.contains("did not find expected key") { return "; check the indentation of this line" }
        if problem.contains("another document") { return "; remove the line with ---" }
        if problem.contains("undefined alias") { return "; put text that begins with * in quotes" }
        return ""
    }

    /// The line on which `key` stands again in the column of `mark`; the parser tells the first one only.
    private static func repetition(of key: String, after mark: Mark, in text: String) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard mark.line >= 1, mark.line < lines.count else { return nil }
        let indent = String(repeating: " ", count: max(0, mark.column - 1))
        let starts = [key, "\"\(key)\"", "'\(key)'"].map { indent + $0 }
        let index = lines[mark.line...].firstIndex { line in
            starts.contains { line.hasPrefix($0) && line.dropFirst($0.count).first.map { ": ".contains($0) } ?? false }
        }
        return index.map { $0 + 1 }
    }
}
