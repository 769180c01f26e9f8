internal import Capture
internal import Health
internal import Inference
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

/// `support-set/prepare`: a set is brought as far as the next frame could be judged by it.
extension Station {
    /// Looks for the set at once, fetches it on a thread of its own if it must, and prepares it on the steward's.
    func prepareSet(
        _ request: CommandRequest, from origin: CommandOrigin, by limit: MonotonicTime?,
        _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) throws(CommandProblem) {
        let named = try namedLines(request)
        let reference: SetReference
        let place: SetPlace
        do throws(SetRefusal) {
            reference = try SetReference(request.details.set ?? "")
            place = try finder.place(of: reference, isConfined: origin == .broker)
        } catch {
            // A refused set is told on the lines that were to have it.
            return answerRefused(request, error, on: named, reply)
        }
        let order = PrepareOrder(request: request, reference: reference, lines: named, limit: limit)
        guard case .web(let addresses, let digest) = place else {
            return try enqueue(on: steward) { [self] in prepareSet(order, at: place, reply) }
        }
        try enqueue(on: fetcher) { [self] in
            do throws(SetRefusal) {
                let file = try fetch(addresses, digest: digest)
                let isAccepted = steward.enqueue { [self] in
                    prepareSet(order, at: .archive(file), reply)
                    remove(file)
                }
                guard isAccepted else {
                    remove(file)
                    reply(answer(to: request, .refused(CommandProblem(.busy, "too many commands wait"))))
                    return
                }
            } catch {
                answerRefused(request, error, on: named, reply)
            }
        }
    }

    private struct PrepareOrder: Sendable {
        let request: CommandRequest
        let reference: SetReference

        /// Nil where the command names none.
        let lines: [Line]?
        let limit: MonotonicTime?
    }

    private func prepareSet(
        _ order: PrepareOrder, at place: SetPlace, _ reply: @Sendable (CommandAnswer) -> Void
    ) {
        if let problem = staleness(order.limit) { return reply(answer(to: order.request, .refused(problem))) }
        let lines: [Line]
        do throws(SetRefusal) {
            if let named = order.lines { lines = named } else { lines = try linesOfTheSameSet(as: place) }
        } catch {
            return answerRefused(order.request, error, on: nil, reply)
        }
        let results = lines.map { line in
            let before = line.set?.reference
            do throws(SetRefusal) {
                let set = try prepareSet(place, digest: order.reference.digest, for: line)
                return SetCommandResult(line: line.name.description, set: set.reference, before: before)
            } catch {
                line.refuse(error, wanted: order.request.details.set)
                return SetCommandResult(line: line.name.description, before: before, refusal: error.reason)
            }
        }
        forgetUnused()
        reply(answer(to: order.request, .supportSet(results)))
    }

    private func prepareSet(_ place: SetPlace, digest: String?, for line: Line) throws(SetRefusal) -> JudgingSet {
        let settings = line.orders.settings
        let set = try prepare(place, digest: digest, for: line, settings)
        try line.checkGoesWith(set)
        if let reason = records.change(settings.name, { $0.prepared = set.reference }) {
            throw SetRefusal(reason: "\(set.label): cannot be remembered (\(reason)); make room in the state folder")
        }
        line.keep(prepared: set)
        announcer.event(
            .setPrepared, line: line.name, why: set.label, data: ["set": set.label, "digest": set.identity.digest])
        return set
    }

    /// The lines that judge by a set of the same name: those that a new version of it is for.
    private func linesOfTheSameSet(as place: SetPlace) throws(SetRefusal) -> [Line] {
        guard let name = try keeper.identity(at: place)?.name else {
            throw SetRefusal(reason: "there is no support set; check what was named")
        }
        let lines = roster.lines.filter { $0.set?.identity.name == name }
        guard !lines.isEmpty else {
            throw SetRefusal(
                reason: "no line judges by a set called \(name.printable); name the lines that are to have it")
        }
        return lines
    }

    /// A refusal before any line was looked at.
    private func answerRefused(
        _ request: CommandRequest, _ refusal: SetRefusal, on lines: [Line]?,
        _ reply: @Sendable (CommandAnswer) -> Void
    ) {
        guard let lines else {
            announcer.event(.setRefused, why: refusal.reason, data: ["set": request.details.set ?? "none"])
            return reply(answer(to: request, .refused(CommandProblem(.setRefused, refusal.reason))))
        }
        let results = lines.map { line in
            line.refuse(refusal, wanted: request.details.set)
            return SetCommandResult(
                line: line.name.description, before: line.set?.reference, refusal: refusal.reason)
        }
        reply(answer(to: request, .supportSet(results)))
    }

    /// The lines that a command names; nil where it names none.
    func namedLines(_ request: CommandRequest) throws(CommandProblem) -> [Line]? {
        guard !request.details.lines.isEmpty else { return nil }
        var lines: [Line] = []
        for name in request.details.lines { lines.append(try line(named: name)) }
        return lines
    }

    func line(named name: String) throws(CommandProblem) -> Line {
        if let line = roster.line(named: name) { return line }
        let names = roster.lines.prefix(16).map(\.name.description).joined(separator: ", ")
        throw CommandProblem(
            .unknownLine, "no such line is enabled; there \(names.isEmpty ? "is none" : "are: \(names)")")
    }

    /// Why a command whose turn has come is not obeyed any more.
    func staleness(_ limit: MonotonicTime?) -> CommandProblem? {
        guard let limit, MonotonicTime.now > limit else { return nil }
        return CommandProblem(.stale, "its deadline passed before it could be begun")
    }

    func enqueue(on thread: Steward, _ job: @escaping @Sendable () -> Void) throws(CommandProblem) {
        guard thread.enqueue(job) else { throw CommandProblem(.busy, "too many commands wait; try again later") }
    }
}
