/// Puts verdicts back into the order in which their frames were taken, when several workers judge one line.
///
/// Each taken frame holds a ticket and every ticket is answered exactly once; at most as many answers wait as there
/// are workers. Answers are handed out by one caller at a time, so that two cannot overtake each other.
package struct VerdictOrder<Answer: Sendable>: Sendable {
    private var nextTicket: UInt64 = 0
    private var nextAnswer: UInt64 = 0
    private var waiting: [UInt64: Answer] = [:]
    private var isHandingOut = false

    package init() {}

    package var unansweredCount: Int { Int(nextTicket - nextAnswer) - waiting.count }

    package mutating func take() -> UInt64 {
        defer { nextTicket += 1 }
        return nextTicket
    }

    /// Stores the answer to a ticket.
    ///
    /// - Returns: whether the caller now has to call `next()` until there is none.
    package mutating func answer(_ ticket: UInt64, with answer: Answer) -> Bool {
        precondition(ticket >= nextAnswer && ticket < nextTicket && waiting[ticket] == nil)
        waiting[ticket] = answer
        guard !isHandingOut, waiting[nextAnswer] != nil else { return false }
        isHandingOut = true
        return true
    }

    /// The next answer to hand on; nil ends the caller's duty.
    package mutating func next() -> Answer? {
        guard let answer = waiting.removeValue(forKey: nextAnswer) else {
            isHandingOut = false
            return nil
        }
        nextAnswer += 1
        return answer
    }
}
