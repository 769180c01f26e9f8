import Station
import Testing

@Suite struct VerdictOrderTests {
    /// Hands out as a line does.
    private func drain(_ order: inout VerdictOrder<Int>) -> [Int] {
        var out: [Int] = []
        while let next = order.next() { out.append(next) }
        return out
    }

    @Test func anAnswerWaitsForThoseTakenBefore() {
        var order = VerdictOrder<Int>()
        let tickets = (0..<3).map { _ in order.take() }

        let isFree = [
            order.answer(tickets[2], with: 2), order.answer(tickets[1], with: 1), order.answer(tickets[0], with: 0),
        ]
        #expect(isFree == [false, false, true])
        let out = drain(&order)
        #expect(out == [0, 1, 2])
        #expect(order.unansweredCount == 0)
    }

    @Test func onlyOneCallerHandsOutAtATime() {
        var order = VerdictOrder<Int>()
        let tickets = (0..<2).map { _ in order.take() }
        let isFirst = order.answer(tickets[0], with: 0)
        let handed = order.next()
        // The first caller has not been told of the end yet, so the second leaves its answer to it.
        let isSecond = order.answer(tickets[1], with: 1)
        #expect(isFirst && handed == 0 && !isSecond)
        let rest = drain(&order)
        #expect(rest == [1])
    }

    @Test func randomOrdersOfAnsweringComeOutInTheOrderOfTaking() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SplitMix(state: seed)
        for _ in 0..<200 {
            var order = VerdictOrder<Int>()
            var out: [Int] = []
            let tickets = (0..<8).map { _ in order.take() }
            for index in (0..<8).shuffled(using: &generator) where order.answer(tickets[index], with: index) {
                out += drain(&order)
            }
            #expect(out == Array(0..<8), "seed \(seed)")
        }
    }
}

/// A small random generator with a seed that can be told.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
