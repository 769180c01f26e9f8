internal import Synchronization

/// The moment at which the network thread has ended, for tasks to wait for.
final class EndOfPublisher: Sendable {
    private struct State {
        var hasCome = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// To be called by the thread at its end.
    func come() {
        let waiting = state.withLock { state in
            state.hasCome = true
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when the end has come, or after `limit`: a thread inside a blocking name look-up cannot be hurried.
    func wait(atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                    self.come()
                } catch {
                    // Cancelled: the end came first.
                }
            }
            await withCheckedContinuation { continuation in
                let hasCome = state.withLock { state in
                    if !state.hasCome { state.waiting.append(continuation) }
                    return state.hasCome
                }
                if hasCome { continuation.resume() }
            }
            group.cancelAll()
        }
    }
}
