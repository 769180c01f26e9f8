internal import Health
internal import Publishing
internal import Settings
internal import Synchronization

/// What a worker holds at the moment: the place where it is decided who answers a frame.
///
/// The worker lets go of a frame when it answers it; the watchdog takes it away when the worker hangs. Whoever gets it
/// answers, the other finds nothing.
final class WorkerHand: Sendable {
    struct Held: Sendable {
        let line: Line
        let facts: FrameFacts
        var stamp: FrameStamp?
    }

    private struct State {
        var held: Held?

        /// What the worker was given up for; stays until its thread ends.
        var abandoned: FrameFacts?
    }

    private let state = Mutex(State())

    func hold(_ held: Held) { state.withLock { $0.held = held } }
    func note(_ stamp: FrameStamp) { state.withLock { $0.held?.stamp = stamp } }

    /// - Returns: whether the frame was still held, so that the caller is to answer it.
    func release() -> Bool {
        state.withLock { state in
            defer { state.held = nil }
            return state.held != nil
        }
    }

    /// Takes the frame away from a worker that hangs.
    func abandon() -> Held? {
        state.withLock { state in
            guard let held = state.held else { return nil }
            state.held = nil
            state.abandoned = held.facts
            return held
        }
    }

    var isAbandoned: Bool { state.withLock { $0.abandoned != nil } }

    /// The line and the moment of the frame that is still to be answered.
    var unanswered: (line: LineName, since: SuspendingClock.Instant)? {
        state.withLock { $0.held.map { ($0.line.name, $0.facts.since) } }
    }

    func progress(number: Int) -> WorkerProgress {
        let facts = state.withLock { $0.held?.facts ?? $0.abandoned }
        return WorkerProgress(number: number, work: facts.map { ($0.since, $0.orders.settings.deadline) })
    }
}
