package import Publishing

/// Remembers commands by the identifiers that their senders chose, so that one that comes twice is obeyed once.
///
/// A pure machine within bounds: the oldest answers are forgotten first.
package struct CommandLedger: Sendable {
    package typealias Reply = @Sendable (CommandAnswer) -> Void

    /// What to do with a command that came in.
    package enum Step: Sendable {
        /// It is new: obey it, then `finish` it.
        case obey

        /// The first one is still being obeyed; this one is answered with it.
        case wait
        case repeatAnswer(CommandAnswer)
        case refuse(CommandProblem)
    }

    private struct Entry: Sendable {
        let request: CommandRequest
        var answer: CommandAnswer?
        var byteCount = 0
        var waiting: [Reply]
    }

    private let capacity: Int
    private let byteLimit: Int
    private var entries: [String: Entry] = [:]
    private var oldestFirst: [String] = []
    private var byteCount = 0

    /// - Parameters:
    ///   - capacity: identifiers remembered at most.
    ///   - byteLimit: of their answers together.
    package init(capacity: Int = 256, byteLimit: Int = 8 << 20) {
        self.capacity = capacity
        self.byteLimit = byteLimit
    }

    package var count: Int { entries.count }

    /// A command with an identifier has come.
    package mutating func begin(_ request: CommandRequest, id: String, reply: @escaping Reply) -> Step {
        if var entry = entries[id] {
            guard entry.request.asksTheSame(as: request) else {
                return .refuse(CommandProblem(.idReused, "the id was used for another command; choose a new one"))
            }
            if let answer = entry.answer { return .repeatAnswer(answer) }
            guard entry.waiting.count < 16 else {
                return .refuse(CommandProblem(.busy, "the same command waits many times already"))
            }
            entry.waiting.append(reply)
            entries[id] = entry
            return .wait
        }
        while entries.count >= capacity {
            guard forgetOldestAnswer() else {
                return .refuse(CommandProblem(.busy, "too many commands wait for their answers; try again later"))
            }
        }
        entries[id] = Entry(request: request, waiting: [reply])
        oldestFirst.append(id)
        return .obey
    }

    /// The answer to a command is there.
    ///
    /// - Returns: those who wait for it.
    package mutating func finish(_ id: String, with answer: CommandAnswer, byteCount: Int) -> [Reply] {
        guard var entry = entries[id], entry.answer == nil else { return [] }
        let waiting = entry.waiting
        entry.waiting = []
        entry.answer = answer
        entry.byteCount = byteCount
        entries[id] = entry
        self.byteCount += byteCount
        while self.byteCount > byteLimit, forgetOldestAnswer() {}
        return waiting
    }

    private mutating func forgetOldestAnswer() -> Bool {
        guard let place = oldestFirst.firstIndex(where: { entries[$0]?.answer != nil }) else { return false }
        let id = oldestFirst.remove(at: place)
        byteCount -= entries.removeValue(forKey: id)?.byteCount ?? 0
        return true
    }
}
