internal import Capture
internal import Health
internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization
internal import Verdicts

/// `support-set/activate` and `/rollback`, on the switcher's thread: what they need lies ready, and nothing slow is done.
///
/// First the record on the disk changes, then the line: a station that dies in between comes up with the new set, by
/// which no verdict was given yet.
extension Station {
    func activateSet(
        _ request: CommandRequest, by limit: MonotonicTime?, _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) throws(CommandProblem) {
        let named = try namedLines(request)
        let reference = try reference(in: request)
        try enqueue(on: switcher) { [self] in
            if let problem = staleness(limit) { return reply(answer(to: request, .refused(problem))) }
            let lines = named ?? roster.lines.filter { $0.prepared.map { $0.isMeant(by: reference) } ?? false }
            guard !lines.isEmpty else {
                return reply(
                    answer(
                        to: request, .refused(CommandProblem(.nothingToDo, "no line has that set prepared; prepare it"))
                    ))
            }
            reply(answer(to: request, .supportSet(lines.map { activate(reference, on: $0, request) })))
        }
    }

    private func activate(
        _ reference: SetReference?, on line: Line, _ request: CommandRequest
    ) -> SetCommandResult {
        let (active, prepared) = (line.set, line.prepared)
        let name = line.name.description
        if reference != nil, let active, active.isMeant(by: reference) {
            return SetCommandResult(line: name, set: active.reference, before: active.reference)
        }
        guard var set = prepared, set.isMeant(by: reference) else {
            let ready = prepared.map { "it has \($0.label) ready" } ?? "it has none ready"
            return SetCommandResult(
                line: name, before: active?.reference, refusal: "the set is not prepared for this line, \(ready)")
        }
        set.by = .command
        set.since = .now()
        let settings = line.orders.settings
        let former = overruled(settings)
        let activation = set.activation(command: request.id)
        let reason = records.change(name) { record in
            record.overruled = former
            record.activate(activation, limit: policy.historyLimit)
        }
        if let reason {
            return SetCommandResult(
                line: name, before: active?.reference,
                refusal: "the activation cannot be remembered (\(reason)); make room in the state folder")
        }
        line.activate(set, trial: trialLimit(of: set.identity.digest, on: name))
        return SetCommandResult(line: name, set: set.reference, before: active?.reference)
    }

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
            _ = rollBack(line, to: previous, by: .automaticRollback, why: why, command: nil)
            line.note(SetRefusal(reason: "\(label): taken back, \(why)"))
        }
    }

    /// What a command overrules: the set that the settings name, as it lies there now.
    private func overruled(_ settings: LineSettings) -> SetRecord.Overruled {
        let standing = records.record(of: settings.name).overruled
        let setting = settings.supportSet ?? ""
        // What was overruled once stays so: its folder may have been changed since on purpose.
        if let standing, standing.setting == setting { return standing }
        return SetRecord.Overruled(setting: setting, digest: namedDigest(in: settings))
    }

    private func reference(in request: CommandRequest) throws(CommandProblem) -> SetReference? {
        guard let text = request.details.set else { return nil }
        do throws(SetRefusal) {
            let reference = try SetReference(text)
            if case .path = reference {
                throw SetRefusal(reason: "name the set by name@version or by its digest here")
            }
            return reference
        } catch {
            throw CommandProblem(.badMember, error.reason)
        }
    }
}

extension JudgingSet {
    /// Nil means any set.
    fileprivate func isMeant(by reference: SetReference?) -> Bool {
        guard let reference else { return true }
        return reference.means(name: identity.name, version: identity.version, digest: identity.digest) ?? false
    }
}
