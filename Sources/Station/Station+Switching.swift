internal import Capture
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

/// `support-set/activate`, on the switcher's thread: what it needs lies ready, and nothing slow is done.
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

    /// What a command overrules: the set that the settings name, as it lies there now.
    func overruled(_ settings: LineSettings) -> SetRecord.Overruled {
        let standing = records.record(of: settings.name).overruled
        let setting = settings.supportSet ?? ""
        // What was overruled once stays so: its folder may have been changed since on purpose.
        if let standing, standing.setting == setting { return standing }
        return SetRecord.Overruled(setting: setting, digest: namedDigest(in: settings))
    }

    func reference(in request: CommandRequest) throws(CommandProblem) -> SetReference? {
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
    func isMeant(by reference: SetReference?) -> Bool {
        guard let reference else { return true }
        return reference.means(name: identity.name, version: identity.version, digest: identity.digest) ?? false
    }
}
