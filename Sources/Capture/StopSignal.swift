internal import Synchronization

/// Tells one thread to end, wherever it waits, and tells when it has.
final class StopSignal: Sendable {
    /// Rings when the thread should look up from a wait.
    let bell: Doorbell
    private let ended: Doorbell
    private let raised = Atomic(false)

    init() throws(CaptureError) {
        bell = try Doorbell()
        ended = try Doorbell()
    }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        raised.store(true, ordering: .releasing)
        bell.ring()
    }

    /// The thread's last act.
    func noteEnd() { ended.ring() }

    /// Whether the thread has ended; may be asked once.
    func isEnded(within limit: Duration) -> Bool { ended.wait(timeout: limit) }
}
