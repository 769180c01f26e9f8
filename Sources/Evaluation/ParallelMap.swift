internal import Foundation
internal import Synchronization

/// Work on many things by a few threads of their own, results in the order of the things.
enum ParallelMap {
    /// - Parameters:
    ///   - done: called with the count of finished things, from any of the threads, one call at a time.
    static func run<Item: Sendable, Result: Sendable>(
        _ items: [Item], threads: Int, done: @escaping @Sendable (Int) -> Void = { _ in },
        _ body: @escaping @Sendable (Item) throws(EvaluationError) -> Result
    ) throws(EvaluationError) -> [Result] {
        let state = Mutex(State<Result>(results: items.map { _ in nil }))
        let group = DispatchGroup()
        for _ in 0..<max(1, min(threads, items.count)) {
            group.enter()
            let thread = Thread {
                defer { group.leave() }
                while let index = state.withLock({ $0.take() }) {
                    do throws(EvaluationError) {
                        let result = try body(items[index])
                        state.withLock {
                            $0.results[index] = result
                            $0.doneCount += 1
                            done($0.doneCount)
                        }
                    } catch {
                        state.withLock { $0.fail(error) }
                    }
                }
            }
            thread.start()
        }
        group.wait()
        let (failure, results) = state.withLock { ($0.failure, $0.results) }
        if let failure { throw failure }
        return results.compactMap(\.self)
    }

    private struct State<Result> {
        var next = 0
        var doneCount = 0
        var failure: EvaluationError?
        var results: [Result?]

        init(results: [Result?]) { self.results = results }

        /// The next thing to work on; nil when none is left or one has failed.
        mutating func take() -> Int? {
            guard failure == nil, next < results.count else { return nil }
            next += 1
            return next - 1
        }

        mutating func fail(_ error: EvaluationError) { failure = failure ?? error }
    }
}
