internal import Capture
internal import Health
internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization
internal import Verdicts

/// `support-set/rollback`, by a command or by the station itself; on the switcher's thread, like an activation.
extension Station {
    func rollBackSet(
        _ request: CommandRequest, by limit: MonotonicTime?, _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) throws(CommandProblem) {
        let named = try namedLines(request)
        let reference = try reference(in: request)
        try enqueue(on: switcher) { [self] in
            if let problem = staleness(limit) { return reply(answer(to: request, .refused(problem))) }
            let lines =
                named
                ?? roster.lines.filter { line in
                    line.previous != nil && (line.set.map { $0.isMeant(by: reference) } ?? false)
                }
            guard !lines.isEmpty else {
                return reply(
                    answer(to: request, .refused(CommandProblem(.nothingToDo, "no line has a set to go back to"))))
            }
            reply(answer(to: request, .supportSet(lines.map { rollBack($0, reference, request) })))
        }
    }

    private func rollBack(_ line: Line, _ reference: SetReference?, _ request: CommandRequest) -> SetCommandResult {
        let active = line.set
        let name = line.name.description
        func refuse(_ why: String) -> SetCommandResult {
            SetCommandResult(line: name, before: active?.reference, refusal: why)
        }
        if let active, !active.isMeant(by: reference) { return refuse("it judges by \(active.label), not by that set") }
        guard let previous = line.previous else { return refuse("there is no set to go back to; prepare one") }
        if let reason = rollBack(line, to: previous, by: .rollback, why: "by a command", command: request.id) {
            return refuse("the rollback cannot be remembered (\(reason)); make room in the state folder")
        }
        return SetCommandResult(line: name, set: previous.reference, before: active?.reference)
    }

    /// - Returns: the system's reason where it could not be remembered; then nothing was changed, unless the station does
    ///   it by itself.
    private func rollBack(
        _ line: Line, to previous: JudgingSet, by cause: SetCause, why: String, command: String?
    ) -> String? {
        var set = previous
        set.by = cause
        let activation = set.activation(command: command)
        let former = overruled(line.orders.settings)
        let change: (inout SetRecord) -> Void = { [policy] record in
            record.overruled = former
            record.rollBack(activation, note: why, limit: policy.historyLimit)
        }
        let name = line.name.description
        if cause == .automaticRollback {
            warn(records.force(name, change), line: name)
        } else if let reason = records.change(name, change) {
            return reason
        }
        let left = line.rollBack(to: set, by: cause)
        announcer.event(
            .setRolledBack, line: line.name, why: "\(left?.label ?? "none") → \(set.label), \(why)",
            data: [
                "set": set.label, "digest": set.identity.digest, "before": left?.label ?? "none", "by": cause.rawValue,
            ])
        return nil
    }

    /// A set's first frames were judged, or could not be.
    func conclude(_ trial: SetTrial, _ outcome: SetTrial.Outcome, on name: LineName) {
        guard let line = roster.line(named: name.description), line.set?.identity.digest == trial.digest else { return }
        switch outcome {
        case .proven:
            warn(
                records.force(name.description) { record in
                    guard let last = record.history.indices.last, record.history[last].set.digest == trial.digest else {
                        return
                    }
                    record.history[last].isProven = true
                }, line: name.description)
        case .failed(let reason):
            guard let previous = line.previous else {
                parts.logger.warning("No support set to go back to", metadata: ["line": "\(name)"])
                return
            }
            let why = "its first frames got no verdict (\(reason.rawValue))"
            let label = line.set?.label ?? "none"
            // Before the set changes: who sees it changed finds the reason there.
            line.note(SetRefusal(reason: "\(label): taken back, \(why)"))
            _ = rollBack(line, to: previous, by: .automaticRollback, why: why, command: nil)
        }
    }
}
