internal import Health
internal import Imaging
internal import Logging
internal import Publishing
internal import Settings
internal import Verdicts

/// `mark`: what people say of verdicts.
extension Station {
    var shelf: MarkShelf { MarkShelf(folder: places.marks) }

    /// The pictures that no set for this line may pass.
    func escapes(of line: String) -> [String] { shelf.pictures(of: line, .escapes) }

    /// Writes a picture, which takes a while, so on a thread of its own.
    func mark(
        _ request: CommandRequest, _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) throws(CommandProblem) {
        let line = try line(named: request.line ?? "")
        guard let id = request.details.verdict, let mark = request.details.mark else {
            throw CommandProblem(.badMember, "verdict and as are needed")
        }
        guard mark != .agree else {
            say(mark, id: id, on: line, request, picture: nil)
            return reply(
                answer(
                    to: request,
                    .mark(MarkResult(line: line.name.description, verdict: id, mark: mark, picture: nil))))
        }
        guard let entry = line.recent.entry(of: id) else {
            throw CommandProblem(
                .unknownVerdict,
                "the picture of that verdict is not kept, or no longer; see support_sets.recent_megabytes")
        }
        let decision = entry.verdict.decision
        guard mark == .overkill ? decision != .pass : decision != .fail else {
            throw CommandProblem(
                .badMember, "that verdict was \(decision.rawValue), which cannot have been an \(mark.rawValue)")
        }
        do {
            try LoneThread.start(name: "assay-mark") { [self] in
                do throws(CommandProblem) {
                    let path = try shelf.put(
                        entry.picture, facts: facts(of: entry, mark, request), id: entry.verdict.id,
                        of: line.name.description, mark == .overkill ? .proposals : .escapes, limit: policy.markLimit)
                    say(mark, id: id, on: line, request, picture: path)
                    reply(
                        answer(
                            to: request,
                            .mark(MarkResult(line: line.name.description, verdict: id, mark: mark, picture: path))))
                } catch {
                    reply(answer(to: request, .refused(error)))
                }
            }
        } catch {
            throw CommandProblem(.failed, "\(error)")
        }
    }

    private func say(
        _ mark: CommandDetails.Mark, id: String, on line: Line, _ request: CommandRequest, picture: String?
    ) {
        var data = ["verdict": id, "as": mark.rawValue]
        data["note"] = request.details.note
        data["picture"] = picture
        announcer.event(.verdictMarked, line: line.name, why: "\(mark.rawValue), \(id)", data: data)
    }

    /// What is kept beside the picture (`assay.mark/1`).
    private func facts(
        of entry: RecentFrames.Entry, _ mark: CommandDetails.Mark, _ request: CommandRequest
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "assay.mark/1")
            writer.member("at", Timestamp.now().text)
            writer.member("as", mark.rawValue)
            writer.optional("note", request.details.note)
            writer.key("verdict")
            writer.value(JSONText(entry.verdict))
        }
        return writer.bytes + [0x0A]
    }

    /// Removes a marked picture; an escape then blocks no set any more.
    func discardMark(_ id: String?, of line: String?) -> [UInt8] {
        guard let id, let line, roster.line(named: line) != nil || shelf.lines.contains(line) else {
            return ControlSocket.bytes(ControlError("name a line and the id of a marked verdict"))
        }
        for kind in MarkShelf.Kind.allCases where shelf.ids(of: line, kind).contains(id) {
            if let reason = shelf.discard(id: id, of: line, kind) {
                return ControlSocket.bytes(ControlError("\(id): cannot be removed (\(reason))"))
            }
            announcer.logger.notice("Marked picture discarded", metadata: ["line": "\(line)", "verdict": "\(id)"])
            return ControlSocket.bytes(ControlDone())
        }
        return ControlSocket.bytes(ControlError("\(id): no such picture is kept of \(line)"))
    }
}
