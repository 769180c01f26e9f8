/// Passes on changes of state and keeps repetitions to itself.
package struct StateReporter: Sendable {
    private var last: SourceState?
    private let onState: @Sendable (SourceState) -> Void

    package init(_ onState: @escaping @Sendable (SourceState) -> Void) {
        self.onState = onState
    }

    package var isStreaming: Bool {
        if case .streaming = last { true } else { false }
    }

    package mutating func report(_ state: SourceState) {
        if let last, Self.isSame(last, state) { return }
        last = state
        onState(state)
    }

    /// Two losses for one reason are one state, even if the request that failed was another.
    private static func isSame(_ left: SourceState, _ right: SourceState) -> Bool {
        if case .lost(let left) = left, case .lost(let right) = right { return left.code == right.code }
        return left == right
    }
}
