internal import Foundation

/// A file of comma-separated values whose first line names the columns; values may be quoted (RFC 4180).
struct CSVTable {
    struct Row {
        fileprivate let path: String
        fileprivate let line: Int
        fileprivate let values: [String: String]

        /// A value that must be there.
        func value(_ column: String) throws(EvaluationError) -> String {
            guard let value = optional(column) else { throw problem("\(column) is empty") }
            return value
        }

        /// A value, or nil if it is empty or there is no such column.
        func optional(_ column: String) -> String? {
            guard let value = values[column], !value.isEmpty else { return nil }
            return value
        }

        func problem(_ text: String) -> EvaluationError { .damaged(path: "\(path):\(line)", problem: text) }
    }

    let rows: [Row]
    private let path: String
    private let columns: [String]

    init(reading path: String) throws(EvaluationError) {
        self.path = path
        guard let text = String(data: try Folder.content(of: path), encoding: .utf8) else {
            throw .damaged(path: path, problem: "it is not text in UTF-8")
        }
        var lines = Self.lines(of: text)
        guard !lines.isEmpty else {
            throw .damaged(path: path, problem: "it is empty; its first line names the columns")
        }
        columns = lines.removeFirst().values
        var rows: [Row] = []
        for line in lines {
            guard line.values.count <= columns.count else {
                throw .damaged(
                    path: "\(path):\(line.number)",
                    problem: "\(line.values.count) values for \(columns.count) columns")
            }
            rows.append(
                Row(path: path, line: line.number, values: Dictionary(zip(columns, line.values)) { first, _ in first }))
        }
        self.rows = rows
    }

    func require(_ names: [String]) throws(EvaluationError) {
        for name in names where !columns.contains(name) {
            throw .damaged(path: path, problem: "it has no column \(name)")
        }
    }

    /// The lines that hold anything, with their numbers.
    private static func lines(of text: String) -> [(number: Int, values: [String])] {
        var lines: [(number: Int, values: [String])] = []
        var values: [String] = []
        var value = ""
        var number = 1
        var start = 1
        var isQuoted = false
        var wasQuote = false
        func endLine() {
            values.append(value)
            if values != [""] { lines.append((start, values.map { $0.trimmingCharacters(in: .whitespaces) })) }
            values = []
            value = ""
        }
        for character in text.unicodeScalars {
            if isQuoted {
                if wasQuote {
                    wasQuote = false
                    if character == "\"" {
                        value.unicodeScalars.append(character)
                        continue
                    }
                    isQuoted = false
                } else {
                    if character == "\"" { wasQuote = true } else { value.unicodeScalars.append(character) }
                    if character == "\n" { number += 1 }
                    continue
                }
            }
            switch character {
            case "\"" where value.isEmpty: isQuoted = true
            case ",":
                values.append(value)
                value = ""
            case "\r", "\u{FEFF}": break
            case "\n":
                endLine()
                number += 1
                start = number
            default: value.unicodeScalars.append(character)
            }
        }
        endLine()
        return lines
    }
}
