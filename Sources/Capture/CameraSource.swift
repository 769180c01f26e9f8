/// Frames of a V4L2 camera, for ever: what is lost is opened again.
package final class CameraSource: FrameSource {
    package let request: CameraRequest
    package let counters = SourceCounters()
    private let pace: RecoveryPace
    private let threadName: String
    private let thread = SourceThread()

    /// - Parameter threadName: at most 15 bytes are kept.
    package init(_ request: CameraRequest, pace: RecoveryPace = RecoveryPace(), threadName: String = "camera") {
        self.request = request
        self.pace = pace
        self.threadName = threadName
    }

    package func start(
        into slot: LatestFrame, ringing doorbell: Doorbell, onState: @escaping @Sendable (SourceState) -> Void
    ) throws(CaptureError) {
        let loop = CameraLoop(request: request, pace: pace, counters: counters, slot: slot, doorbell: doorbell)
        try thread.start(name: threadName) { signal in
            loop.run(until: signal, reporter: StateReporter(onState))
        }
    }

    package func stop() {
        thread.stop()
    }
}
