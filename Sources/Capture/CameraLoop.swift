internal import Glibc

/// What the camera's thread does: open, stream, and after any fault close all and begin again.
struct CameraLoop: Sendable {
    let request: CameraRequest
    let pace: RecoveryPace
    let counters: SourceCounters
    let slot: LatestFrame
    let doorbell: Doorbell

    func run(until stop: StopSignal, reporter: StateReporter) {
        var reporter = reporter
        reporter.report(.opening)
        while !stop.isRaised {
            do throws(CaptureError) {
                try stream(until: stop, reporter: &reporter)
            } catch {
                if reporter.isStreaming { counters.countLoss() }
                // A frame left in the slot would keep the device's memory, and so the device, from being let go.
                slot.clear()
                reporter.report(.lost(error))
                _ = stop.bell.wait(timeout: pace.retryInterval)
            }
        }
    }

    /// Returns when stopped; everything opened is closed on the way out, by error or not.
    private func stream(until stop: StopSignal, reporter: inout StateReporter) throws(CaptureError) {
        let camera = try Camera(opening: request.device)
        var stream = try camera.stream(request)
        let frameTimeout = pace.frameTimeout(rate: stream.description.rate)
        var patience = max(pace.firstFrameTimeout, frameTimeout)
        var deadline = MonotonicTime.now.advanced(by: patience)
        while !stop.isRaised {
            let wake = stream.wait(until: deadline, or: stop.bell)
            if wake == .bell { continue }
            let (frameCount, damagedCount) = try drain(&stream, reporter: &reporter)
            if frameCount > 0 {
                patience = frameTimeout
                deadline = MonotonicTime.now.advanced(by: patience)
                doorbell.ring()
            } else if wake == .fault, damagedCount == 0 {
                throw .requestFailed(device: request.device, request: "poll", Errno(EIO))
            } else if deadline <= .now {
                throw .noFrames(device: request.device, after: patience)
            }
        }
    }

    /// Takes all that the driver has filled, so that the newest ends up in the slot.
    private func drain(
        _ stream: inout CameraStream, reporter: inout StateReporter
    ) throws(CaptureError) -> (frameCount: Int, damagedCount: Int) {
        var frameCount = 0
        var damagedCount = 0
        // The bound is for a camera faster than this loop.
        while frameCount + damagedCount < 64 {
            switch try stream.next() {
            case .nothing:
                return (frameCount, damagedCount)
            case .damaged:
                damagedCount += 1
                counters.countDamaged()
            case .frame(let frame):
                frameCount += 1
                counters.countLost(frame.lostBefore)
                reporter.report(.streaming(stream.description))
                slot.offer(frame)
            }
        }
        return (frameCount, damagedCount)
    }
}
