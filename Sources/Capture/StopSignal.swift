internal import Synchronization

/// Tells one thread to end, wherever it waits, and tells when it has.
final class StopSignal: Sendable {
    /// Rings when the thread should look up from a wait.
    let bell: WakeEvent
    private let ended: Doorbell
    private let raised = Atomic(false)
    private let fate = Atomic(Fate.running.rawValue)

    private enum Fate: Int {
        case running, ended, leftBehind
    }

    init() throws(CaptureError) {
        bell = try WakeEvent()
        ended = try Doorbell()
    }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        raised.store(true, ordering: .releasing)
        bell.ring()
    }

    /// The thread's last act.
    func noteEnd() {
        let before = fate.exchange(Fate.ended.rawValue, ordering: .acquiringAndReleasing)
        if before == Fate.leftBehind.rawValue { SourceThreads.leftBehind.subtract(1, ordering: .relaxed) }
        ended.ring()
    }

    /// Gives up on the thread; false when it has ended after all.
    func leaveBehind() -> Bool {
        let isLeft = fate.compareExchange(
            expected: Fate.running.rawValue, desired: Fate.leftBehind.rawValue, ordering: .acquiringAndReleasing
        ).exchanged
        if isLeft { SourceThreads.leftBehind.add(1, ordering: .relaxed) }
        return isLeft
    }

    /// Whether the thread has ended; may be asked once.
    func isEnded(within limit: Duration) -> Bool { ended.wait(timeout: limit) }
}
