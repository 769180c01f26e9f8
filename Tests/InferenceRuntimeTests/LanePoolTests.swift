import Foundation
import Inference
import InferenceRuntime
import Synchronization
import Testing

@Suite struct LanePoolTests {
    private final class Lane: Sendable {}

    private let made = Counter()

    private final class Counter: Sendable {
        private let value = Atomic(0)
        func add() { value.add(1, ordering: .relaxed) }
        var count: Int { value.load(ordering: .relaxed) }
    }

    private func pool(_ count: Int, lostAfter: Duration) throws -> LanePool<Lane> {
        try LanePool(count: count, lostAfter: lostAfter) { () throws(InferenceError) in
            made.add()
            return Lane()
        }
    }

    /// Borrows a lane on a thread of its own until `end`; returns when it has it.
    private func borrow(from pool: LanePool<Lane>, until end: Permits) {
        let began = Permits(count: 0)
        Thread {
            do throws(InferenceError) {
                try pool.withLane(waiting: .zero) { _ in
                    began.give()
                    #expect(end.take(waiting: .seconds(60)))
                }
            } catch {
                Issue.record("\(error)")
            }
        }.start()
        #expect(began.take(waiting: .seconds(60)))
    }

    @Test func aCallerTooManyIsToldWhenItsTimeIsUp() throws {
        let pool = try pool(1, lostAfter: .seconds(600))
        let end = Permits(count: 0)
        borrow(from: pool, until: end)
        #expect(throws: InferenceError.busy(waited: .milliseconds(30))) {
            try pool.withLane(waiting: .milliseconds(30)) { _ in }
        }
        end.give()
        try pool.withLane(waiting: .seconds(60)) { _ in }
        #expect(made.count == 1)
    }

    @Test func aLaneThatHangsIsReplacedTwiceAndNoMore() throws {
        let pool = try pool(1, lostAfter: .zero)
        let end = Permits(count: 0)
        borrow(from: pool, until: end)
        try pool.withLane(waiting: .zero) { _ in }
        #expect(made.count == 2)
        // The one made for it is the pool's now.
        try pool.withLane(waiting: .zero) { _ in }
        #expect(made.count == 2)
        borrow(from: pool, until: end)
        borrow(from: pool, until: end)
        #expect(made.count == 3)
        #expect(throws: InferenceError.busy(waited: .zero)) { try pool.withLane(waiting: .zero) { _ in } }
        for _ in 0..<3 { end.give() }
        // Those that were given up come back and count no more.
        try pool.withLane(waiting: .seconds(60)) { _ in }
        #expect(made.count == 3)
    }
}
