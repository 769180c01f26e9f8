internal import Glibc
internal import Synchronization

/// The thread of a source that can be started once at a time and stopped from anywhere but itself.
final class SourceThread: Sendable {
    private struct Running: ~Copyable {
        let signal: StopSignal
        let thread: NamedThread

        /// - Returns: false when the thread did not end in time and was left to itself.
        consuming func end(within limit: Duration) -> Bool {
            signal.raise()
            if !signal.isEnded(within: limit), signal.leaveBehind() {
                thread.abandon()
                return false
            }
            thread.join()
            return true
        }
    }

    private let running = Mutex<Running?>(nil)

    /// The signal of the thread that runs; kept apart so that it can be raised without taking the thread.
    private let signal = Mutex<StopSignal?>(nil)

    /// Runs `body` on a new thread, after the end of the one before if there is any.
    func start(name: String, _ body: @escaping @Sendable (StopSignal) -> Void) throws(CaptureError) {
        _ = stop(within: .seconds(1))
        guard SourceThreads.leftBehindCount < SourceThreads.mostLeftBehind else {
            throw .systemExhausted(what: "thread, since too many hang in drivers", Errno(EAGAIN))
        }
        let signal = try StopSignal()
        let thread = try NamedThread(name: name) {
            body(signal)
            signal.noteEnd()
        }
        self.signal.withLock { $0 = signal }
        var started: Running? = Running(signal: signal, thread: thread)
        running.withLock { $0 = started.take() }
    }

    /// Asks the thread to end, and does not wait for it.
    func requestStop() { signal.withLock { $0?.raise() } }

    /// Ends the thread and waits for it; does nothing when none runs.
    ///
    /// - Returns: false when it did not end in time. Whatever holds it then holds it alone: it is left behind.
    func stop(within limit: Duration) -> Bool {
        let stopped: Running? = running.withLock { $0.take() }
        guard let stopped else { return true }
        return stopped.end(within: limit)
    }

    deinit { _ = stop(within: .seconds(1)) }
}
