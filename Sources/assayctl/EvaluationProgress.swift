internal import Evaluation
internal import Synchronization

/// How far an evaluation is, with the time that the rest will take.
final class EvaluationProgress: Sendable {
    private struct State {
        var doneDraws = 0
        var began: ContinuousClock.Instant?
        var made = 0
    }

    private let draws: Int
    private let line = ProgressLine()
    private let state = Mutex(State())

    init(draws: Int) {
        self.draws = draws
    }

    func show(_ step: Evaluator.Step) {
        state.withLock { state in
            switch step {
            case .reading:
                if state.began == nil { state.began = ContinuousClock().now }
            case .enrolling(let category, let seed): show("\(category), draw \(seed + 1): enrolling", state)
            case .testing(let category, let seed, let done, let count):
                show("\(category), draw \(seed + 1): altered pictures, \(done) of \(count)", state)
            case .judged(let category, let seed, let done, let count):
                show("\(category), draw \(seed + 1): judged \(done) of \(count)", state)
            case .scoringPixels(let category, let seed): show("\(category), draw \(seed + 1): scoring pixels", state)
            case .drawn:
                state.doneDraws += 1
                if state.began != nil { state.made += 1 }
            }
        }
    }

    func finish() { line.finish() }

    private func show(_ text: String, _ state: State) {
        let bar = String(repeating: "#", count: 20 * state.doneDraws / max(draws, 1))
        let rest = String(repeating: ".", count: 20 - bar.count)
        line.show("[\(bar)\(rest)] \(state.doneDraws)/\(draws)  \(text)\(remaining(state))")
    }

    private func remaining(_ state: State) -> String {
        guard let began = state.began, state.made > 0 else { return "" }
        let each = (ContinuousClock().now - began) / state.made
        let seconds = Int((each * (draws - state.doneDraws)) / .seconds(1))
        return seconds < 90 ? ", \(seconds) s left" : ", \((seconds + 30) / 60) min left"
    }
}
