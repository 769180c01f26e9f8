internal import Synchronization

/// Frames from image files: a folder or a pattern of PNG and JPEG files in the order of their names.
///
/// A stand-in for a camera that behaves like one: it has a rate, may be lost (no such folder) and comes back.
package final class ReplaySource: FrameSource {
    package let counters = SourceCounters()
    private let loop: ReplayLoop
    private let threadName: String
    private let thread = SourceThread()
    private let current = Mutex<Current?>(nil)

    private struct Current: Sendable {
        let slot: LatestFrame
        let lease: LatestFrame.Lease
    }

    /// - Parameters:
    ///   - path: a folder, a file, or a pattern as the shell knows it (`images/good_*.png`).
    ///   - rate: frames a second at most; taken into 0.001 … 10 000.
    ///   - isLooped: begins again after the last file, listing the files anew; else the state becomes `ended`.
    ///   - waitForTake: the next frame is offered only when the one before was taken, so none is skipped.
    package init(
        path: String, rate: Double = 10, isLooped: Bool = true, waitForTake: Bool = false,
        pace: RecoveryPace = RecoveryPace(), threadName: String = "replay"
    ) {
        let believed = rate.isFinite ? min(max(rate, 0.001), 10_000) : 10
        loop = ReplayLoop(
            files: ReplayFiles(path: path), period: .seconds(1 / believed), rate: believed, isLooped: isLooped,
            waitForTake: waitForTake, retryInterval: pace.retryInterval, counters: counters)
        self.threadName = threadName
    }

    package func start(
        into slot: LatestFrame, ringing doorbell: Doorbell, onState: @escaping @Sendable (SourceState) -> Void
    ) throws(CaptureError) {
        stop()
        let loop = loop
        let lease = slot.lease()
        current.withLock { $0 = Current(slot: slot, lease: lease) }
        try thread.start(name: threadName) { signal in
            loop.run(
                into: slot, of: lease, ringing: doorbell, until: signal,
                reporter: StateReporter { state in
                    if slot.isInForce(lease) { onState(state) }
                })
        }
    }

    /// Files are read in bounded pieces; one that hangs shows by the frames that do not come.
    package func look() {}

    package func requestStop() { thread.requestStop() }

    @discardableResult
    package func stop(within limit: Duration) -> Bool {
        guard let current = current.withLock({ $0.take() }) else { return true }
        let hasEnded = thread.stop(within: limit)
        current.slot.end(current.lease)
        return hasEnded
    }
}
