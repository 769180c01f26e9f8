internal import Synchronization

/// Tells one thread to end, wherever it waits.
final class StopSignal: Sendable {
    /// Rings when the thread should look up from a wait.
    let bell: Doorbell
    private let raised = Atomic(false)

    init() throws(CaptureError) {
        bell = try Doorbell()
    }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        raised.store(true, ordering: .releasing)
        bell.ring()
    }
}
