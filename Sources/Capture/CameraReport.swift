internal import Synchronization

/// What a camera's thread, and the one that watches it, tell of the camera.
///
/// News are told under the lock, so that they arrive in the order in which they happened. After the close nothing is
/// told any more, however late the thread comes back.
final class CameraReport: Sendable {
    private struct State: Sendable {
        var recovery: CameraRecovery
        var isClosed = false
    }

    private let state: Mutex<State>
    private let counters: SourceCounters
    private let onState: @Sendable (SourceState) -> Void

    /// - Parameter onState: must be quick, and must not ask anything of the source.
    init(pace: RecoveryPace, counters: SourceCounters, onState: @escaping @Sendable (SourceState) -> Void) {
        state = Mutex(State(recovery: CameraRecovery(pace: pace)))
        self.counters = counters
        self.onState = onState
    }

    var isStreaming: Bool { state.withLock { $0.recovery.isStreaming } }
    var toldReason: String? { state.withLock { $0.recovery.toldReason } }

    func begin() { state.withLock { state in tell(state.recovery.begin(), state) } }

    func streams(_ description: CameraDescription) {
        state.withLock { state in tell(state.recovery.streams(description, at: .now), state) }
    }

    /// - Returns: when to try again.
    func fails(_ error: CaptureError) -> MonotonicTime {
        state.withLock { state in
            let answer = state.recovery.fails(error, at: .now, chance: .random(in: 0..<1))
            if answer.isLoss { counters.countLoss() }
            tell(answer.news, state)
            return answer.retryAt
        }
    }

    func hangs(_ error: CaptureError) {
        state.withLock { state in
            let (news, isLoss) = state.recovery.hangs(error, at: .now)
            if isLoss { counters.countLoss() }
            tell(news, state)
        }
    }

    func arrives() -> MonotonicTime { state.withLock { $0.recovery.arrives(at: .now) } }

    func close() { state.withLock { $0.isClosed = true } }

    private func tell(_ news: SourceState?, _ state: borrowing State) {
        if let news, !state.isClosed { onState(news) }
    }
}
