/// What became of a command (`assay.answer/1`).
package struct CommandAnswer: WireMessage, Equatable {
    package static let schema = "assay.answer/1"

    package var station: String
    package var boot: String
    package var command: CommandName

    /// The command's own; absent when it had none, or none that could be read.
    package var id: String?
    package var at: Timestamp
    package var outcome: Outcome

    /// What came of it.
    package enum Outcome: Equatable, Sendable {
        /// A whole verdict message.
        case verdict(JSONText)

        /// - Parameter refused: what was not done and why; then what `changed` says was done all the same.
        case reload(changed: [String], restartNeeded: [String], refused: [String])
        case refused(CommandProblem)

        /// One result for each line that was meant.
        case supportSet([SetCommandResult])
        case snapshot(SnapshotResult)
        case mark(MarkResult)
    }

    package init(
        station: String, boot: String, command: CommandName, id: String?, at: Timestamp, outcome: Outcome
    ) {
        self.station = station
        self.boot = boot
        self.command = command
        self.id = id
        self.at = at
        self.outcome = outcome
    }

    /// Whether the command was obeyed as a whole.
    package var isDone: Bool {
        switch outcome {
        case .verdict, .snapshot, .mark: true
        case .supportSet(let results): results.allSatisfy { $0.refusal == nil }
        case .reload(_, _, let refused): refused.isEmpty
        case .refused: false
        }
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("boot", boot)
        writer.member("command", command.rawValue)
        writer.optional("id", id)
        writer.member("at", at.text)
        writer.member("ok", isDone)
        switch outcome {
        case .verdict(let verdict):
            writer.key("verdict")
            writer.value(verdict)
        case .reload(let changed, let restartNeeded, let refused):
            writer.member("reload") { writer in
                writer.member("changed", changed) { $0.value($1) }
                writer.member("restart_needed", restartNeeded) { $0.value($1) }
                writer.member("refused", refused) { $0.value($1) }
            }
        case .supportSet(let results):
            writer.member("support_set") { writer in
                writer.member("lines", results) { $1.write(to: &$0) }
            }
        case .snapshot(let snapshot):
            writer.key("snapshot")
            snapshot.write(to: &writer)
        case .mark(let mark):
            writer.key("mark")
            mark.write(to: &writer)
        case .refused(let problem):
            writer.member("error") { writer in
                writer.member("code", problem.code.rawValue)
                writer.member("text", problem.text)
            }
        }
    }
}
