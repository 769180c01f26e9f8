extension CommandRequest {
    private static let deadlines = 10...600_000

    /// Reads what a sender sent under a command's name.
    package init(_ name: CommandName, reading bytes: [UInt8]) throws(CommandProblem) {
        guard bytes.count <= Self.byteLimit else {
            throw CommandProblem(.tooLarge, "a command has at most \(Self.byteLimit) bytes")
        }
        let members = try Self.members(of: bytes)
        let known = ["schema", "command", "id", "deadline_ms", "sent_at"] + name.members
        if let unknown = members.keys.filter({ !known.contains($0) }).min() {
            throw CommandProblem(
                .badMember,
                "\(PlainText.of(unknown, limit: 64)) is no member of \(name.rawValue); known: "
                    + known.joined(separator: ", "))
        }
        if let schema = try Self.text("schema", in: members), schema != "assay.command/1" {
            throw CommandProblem(.badMember, "schema must be assay.command/1")
        }
        if let command = try Self.text("command", in: members), command != name.rawValue {
            throw CommandProblem(.badMember, "command must be \(name.rawValue) here")
        }
        let line = try Self.text("line", in: members)
        for member in name.required where members[member].map({ $0.kind == .null }) ?? true {
            throw CommandProblem(.badMember, "\(member) is missing")
        }
        self.init(
            name, id: try Self.identifier(in: members), line: line, metadata: try Self.metadata(in: members),
            deadline: try Self.deadline(in: members), sentAt: try Self.sentAt(in: members),
            details: try CommandDetails(of: name, in: members))
    }

    private static func members(of bytes: [UInt8]) throws(CommandProblem) -> [String: JSONText] {
        let all: [(name: String, value: JSONText)]?
        do throws(JSONFault) {
            // One level more: the metadata are a member.
            all = try JSONText(parsing: bytes, depth: metadataDepth + 1).members()
        } catch {
            throw CommandProblem(.malformed, "the command is not JSON: \(error)")
        }
        guard let all else { throw CommandProblem(.malformed, "a command must be a JSON object") }
        return Dictionary(all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private static func identifier(in members: [String: JSONText]) throws(CommandProblem) -> String? {
        guard let id = try text("id", in: members) else { return nil }
        guard (1...128).contains(id.utf8.count), id.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw CommandProblem(.badMember, "id must be 1 to 128 bytes without control characters") }
        return id
    }

    private static func metadata(in members: [String: JSONText]) throws(CommandProblem) -> JSONText? {
        guard let metadata = members["metadata"], metadata.kind != .null else { return nil }
        guard metadata.kind == .object else {
            throw CommandProblem(.badMember, "metadata must be an object, not \(metadata.kind.rawValue)")
        }
        guard metadata.bytes.count <= metadataByteLimit else {
            throw CommandProblem(
                .tooLarge, "metadata have at most \(metadataByteLimit) bytes, not \(metadata.bytes.count)")
        }
        return metadata
    }

    private static func deadline(in members: [String: JSONText]) throws(CommandProblem) -> Duration? {
        guard let value = members["deadline_ms"], value.kind != .null else { return nil }
        guard let milliseconds = value.integer, deadlines.contains(milliseconds) else {
            throw CommandProblem(
                .badMember,
                "deadline_ms must be a whole number from \(deadlines.lowerBound) to \(deadlines.upperBound)")
        }
        return .milliseconds(milliseconds)
    }

    private static func sentAt(in members: [String: JSONText]) throws(CommandProblem) -> Timestamp? {
        guard let text = try text("sent_at", in: members) else { return nil }
        guard let time = Timestamp(parsing: text) else {
            throw CommandProblem(.badMember, "sent_at must be a time such as 2026-03-01T12:30:01.220Z")
        }
        return time
    }

    static func text(_ name: String, in members: [String: JSONText]) throws(CommandProblem) -> String? {
        guard let value = members[name], value.kind != .null else { return nil }
        do throws(JSONFault) {
            if let text = try value.text() { return text }
        } catch {
            throw CommandProblem(.malformed, "the command is not JSON: \(error)")
        }
        throw CommandProblem(.badMember, "\(name) must be text, not \(value.kind.rawValue)")
    }
}
