/// A command as it came, checked: one JSON object of known members.
package struct CommandRequest: Equatable, Sendable {
    package static let byteLimit = 65_536
    package static let metadataByteLimit = 4096
    package static let metadataDepth = 16

    package let name: CommandName

    /// Chosen by the sender; the same one brings the same answer and nothing is done twice.
    package let id: String?

    /// The line concerned; there for every command that needs one.
    package let line: String?

    /// An object that comes back in the verdict.
    package let metadata: JSONText?

    /// From its arrival (from `sentAt`, where that is given) until it must be answered.
    package let deadline: Duration?

    /// When the sender sent it, by the sender's clock.
    package let sentAt: Timestamp?

    /// What else it says.
    package let details: CommandDetails

    package init(
        _ name: CommandName, id: String? = nil, line: String? = nil, metadata: JSONText? = nil,
        deadline: Duration? = nil, sentAt: Timestamp? = nil, details: CommandDetails = CommandDetails()
    ) {
        self.name = name
        self.id = id
        self.line = line
        self.metadata = metadata
        self.deadline = deadline
        self.sentAt = sentAt
        var details = details
        if let line, details.lines.isEmpty { details.lines = [line] }
        self.details = details
    }

    /// Whether the other one asks for the same, whenever it was sent.
    package func asksTheSame(as other: CommandRequest) -> Bool {
        name == other.name && line == other.line && metadata == other.metadata && details == other.details
    }

    /// As the control socket takes it, on one line.
    package func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("command", name.rawValue)
            writer.optional("id", id)
            writer.optional("line", line)
            if line == nil, !details.lines.isEmpty { writer.member("lines", details.lines) { $0.value($1) } }
            writer.optional("set", details.set)
            writer.optional("verdict", details.verdict)
            writer.optional("as", details.mark?.rawValue)
            writer.optional("note", details.note)
            writer.optional("metadata", metadata) { $0.value($1) }
            writer.optional("deadline_ms", deadline) { $0.value(Int($1 / .milliseconds(1))) }
            writer.optional("sent_at", sentAt?.text)
        }
        return writer.bytes
    }
}
