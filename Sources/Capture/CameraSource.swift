internal import Synchronization

/// Frames of a V4L2 camera, for ever: what is lost is opened again.
package final class CameraSource: FrameSource {
    package let request: CameraRequest
    package let counters = SourceCounters()
    private let pace: RecoveryPace
    private let threadName: String
    private let thread = SourceThread()
    private let current = Mutex<CameraLoop?>(nil)

    /// - Parameter threadName: at most 15 bytes are kept.
    package init(_ request: CameraRequest, pace: RecoveryPace = RecoveryPace(), threadName: String = "camera") {
        self.request = request
        self.pace = pace
        self.threadName = threadName
    }

    package func start(
        into slot: LatestFrame, ringing doorbell: Doorbell, onState: @escaping @Sendable (SourceState) -> Void
    ) throws(CaptureError) {
        stop()
        let report = CameraReport(pace: pace, counters: counters, onState: onState)
        let loop = CameraLoop(
            request: request, pace: pace, counters: counters, slot: slot, lease: slot.lease(), doorbell: doorbell,
            report: report, call: DriverCall())
        current.withLock { $0 = loop }
        try thread.start(name: threadName) { signal in loop.run(until: signal) }
    }

    package func look() {
        guard let loop = current.withLock({ $0 }), let time = loop.call.overdue(at: .now) else { return }
        // Who waits for a frame in the slot is told that there is none.
        if loop.report.isStreaming { loop.slot.clear(loop.lease) }
        loop.report.hangs(.driverHung(device: request.camera.wording, for: time))
    }

    package func requestStop() { thread.requestStop() }

    @discardableResult
    package func stop(within limit: Duration) -> Bool {
        guard let loop = current.withLock({ $0.take() }) else { return true }
        loop.report.close()
        let hasEnded = thread.stop(within: limit)
        // However late it comes back, its frames are not wanted any more.
        loop.slot.end(loop.lease)
        return hasEnded
    }
}
