internal import Capture
internal import Synchronization

/// A thread for jobs that follow one another, never side by side, and hold up no worker and no task.
///
/// The one called steward changes lines: it starts, reloads and retries, loads models and prepares sets.
final class Steward: Sendable {
    /// Jobs that may wait; one more is refused.
    static let capacity = 16

    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var isClosed = false
        var isWorking = false
    }

    private let state = Mutex(State())
    private let bell: Doorbell
    private let name: String

    /// - Parameter name: of its thread.
    init(name: String = "assay-steward") throws(StationError) {
        self.name = name
        do throws(CaptureError) {
            bell = try Doorbell()
        } catch {
            throw .systemExhausted(what: "wake-up event", reason: error.description)
        }
    }

    func start() throws(StationError) {
        try LoneThread.start(name: name) { [self] in
            while true {
                let (job, isClosed) = state.withLock { state in
                    let job = state.jobs.isEmpty ? nil : state.jobs.removeFirst()
                    state.isWorking = job != nil
                    return (job, state.isClosed)
                }
                if let job {
                    job()
                } else if isClosed {
                    return
                } else {
                    _ = bell.wait(timeout: nil)
                }
            }
        }
    }

    /// - Returns: false when too many jobs wait, or after the close.
    func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        let isAccepted = state.withLock { state in
            guard !state.isClosed, state.jobs.count < Self.capacity else { return false }
            state.jobs.append(job)
            return true
        }
        if isAccepted { bell.ring() }
        return isAccepted
    }

    /// Nothing is being done, and nothing waits.
    var isIdle: Bool { state.withLock { !$0.isWorking && $0.jobs.isEmpty } }

    /// Takes no more jobs; those accepted are still done.
    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
    }
}
