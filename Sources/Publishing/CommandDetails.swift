/// What a command says beside the members that all have.
package struct CommandDetails: Equatable, Sendable {
    package static let linesLimit = 64
    package static let setByteLimit = 4096
    package static let noteByteLimit = 1024

    /// The lines that are meant; empty where the command names none.
    package var lines: [String] = []

    /// A support set: `name@version`, a digest, a path or an address.
    package var set: String?

    /// The verdict that is meant, by its id.
    package var verdict: String?
    package var mark: Mark?
    package var note: String?

    package init(
        lines: [String] = [], set: String? = nil, verdict: String? = nil, mark: Mark? = nil, note: String? = nil
    ) {
        self.lines = lines
        self.set = set
        self.verdict = verdict
        self.mark = mark
        self.note = note
    }

    /// What an operator says of a verdict.
    package enum Mark: String, Sendable, CaseIterable {
        /// It was right.
        case agree

        /// A good part was failed.
        case overkill

        /// A bad part was passed.
        case escape
    }
}

extension CommandDetails {
    init(of name: CommandName, in members: [String: JSONText]) throws(CommandProblem) {
        lines = try Self.lines(in: members)
        set = try CommandRequest.text("set", in: members)
        verdict = try CommandRequest.text("verdict", in: members)
        note = try CommandRequest.text("note", in: members)
        if let word = try CommandRequest.text("as", in: members) {
            guard let mark = Mark(rawValue: word) else {
                throw CommandProblem(
                    .badMember, "as must be one of \(Mark.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            self.mark = mark
        }
        for (name, text, limit) in [
            ("set", set, Self.setByteLimit), ("verdict", verdict, 128), ("note", note, Self.noteByteLimit),
        ] {
            guard let text else { continue }
            guard (1...limit).contains(text.utf8.count),
                text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
            else {
                throw CommandProblem(.badMember, "\(name) must be 1 to \(limit) bytes without control characters")
            }
        }
    }

    private static func lines(in members: [String: JSONText]) throws(CommandProblem) -> [String] {
        let one = try CommandRequest.text("line", in: members)
        guard let value = members["lines"], value.kind != .null else { return one.map { [$0] } ?? [] }
        guard one == nil else { throw CommandProblem(.badMember, "line and lines must not both be given") }
        let elements: [JSONText]?
        do throws(JSONFault) {
            elements = try value.elements()
        } catch {
            throw CommandProblem(.malformed, "the command is not JSON: \(error)")
        }
        guard let elements, (1...linesLimit).contains(elements.count) else {
            throw CommandProblem(.badMember, "lines must be a list of 1 to \(linesLimit) names")
        }
        var lines: [String] = []
        for element in elements {
            let name = try CommandRequest.text("line", in: ["line": element])
            guard let name, !lines.contains(name) else {
                throw CommandProblem(.badMember, "lines must be a list of names, each of them once")
            }
            lines.append(name)
        }
        return lines
    }
}
