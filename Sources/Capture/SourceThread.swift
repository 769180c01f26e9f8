internal import Synchronization

/// The thread of a source that can be started once at a time and stopped from anywhere but itself.
final class SourceThread: Sendable {
    private struct Running: ~Copyable {
        let signal: StopSignal
        let thread: NamedThread

        consuming func join() {
            thread.join()
        }
    }

    private let running = Mutex<Running?>(nil)

    /// Runs `body` on a new thread, after the end of the one before if there is any.
    func start(name: String, _ body: @escaping @Sendable (StopSignal) -> Void) throws(CaptureError) {
        stop()
        let signal = try StopSignal()
        let thread = try NamedThread(name: name) { body(signal) }
        var started: Running? = Running(signal: signal, thread: thread)
        running.withLock { $0 = started.take() }
    }

    /// Ends the thread and waits for it; does nothing when none runs.
    func stop() {
        let stopped: Running? = running.withLock { $0.take() }
        guard let stopped else { return }
        stopped.signal.raise()
        stopped.join()
    }

    deinit { stop() }
}
