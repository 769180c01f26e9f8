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
        weak var lent: BufferQueue?
        reporter.report(.opening)
        while !stop.isRaised {
            do throws(CaptureError) {
                let node = try CameraFinder().find(request.camera)
                let device = request.camera.key == .device ? request.camera.value : node.device
                let camera = try Camera(opening: device, known: node)
                let stream = try camera.stream(request)
                lent = stream.queue
                try follow(stream, until: stop, reporter: &reporter)
            } catch .busy where lent != nil {
                // Frames still on loan hold the device, not another program: the reason stays the one reported.
                _ = stop.bell.wait(timeout: pace.retryInterval)
            } catch {
                if reporter.isStreaming { counters.countLoss() }
                // A frame left in the slot would keep the device's memory, and so the device, from being let go.
                slot.clear()
                reporter.report(.lost(error))
                _ = stop.bell.wait(timeout: pace.retryInterval)
            }
        }
    }

    /// Returns when stopped; the stream ends on the way out, by error or not.
    private func follow(
        _ stream: consuming CameraStream, until stop: StopSignal, reporter: inout StateReporter
    ) throws(CaptureError) {
        let frameTimeout = pace.frameTimeout(rate: stream.description.rate)
        var patience = max(pace.firstFrameTimeout, frameTimeout)
        var deadline = MonotonicTime.now.advanced(by: patience)
        if pace.waitsForTrigger { reporter.report(.streaming(stream.description)) }
        while !stop.isRaised {
            let wake = stream.wait(until: min(deadline, stream.nextLook), or: stop.bell)
            if wake == .bell { continue }
            // Before the frames: those that follow a change are told of it.
            if stream.lookAtControls(isTold: wake == .event), reporter.isStreaming {
                reporter.report(.streaming(stream.description))
            }
            let (frameCount, damagedCount, unseenCount) = try drain(&stream, reporter: &reporter)
            if frameCount + unseenCount > 0 {
                patience = frameTimeout
                deadline = MonotonicTime.now.advanced(by: patience)
                if frameCount > 0 { doorbell.ring() }
            } else if wake == .fault, damagedCount == 0 {
                throw .requestFailed(device: stream.description.device, request: "poll", Errno(EIO))
            } else if deadline <= .now, pace.waitsForTrigger {
                deadline = MonotonicTime.now.advanced(by: patience)
            } else if deadline <= .now {
                throw .noFrames(device: stream.description.device, after: patience)
            }
        }
    }

    /// Takes all that the driver has filled, so that the newest ends up in the slot.
    private func drain(
        _ stream: inout CameraStream, reporter: inout StateReporter
    ) throws(CaptureError) -> (frameCount: Int, damagedCount: Int, unseenCount: Int) {
        var frameCount = 0
        var damagedCount = 0
        var unseenCount = 0
        // The bound is for a camera faster than this loop.
        while frameCount + damagedCount + unseenCount < 64 {
            switch try stream.next() {
            case .nothing:
                return (frameCount, damagedCount, unseenCount)
            case .damaged:
                damagedCount += 1
                counters.countDamaged()
            case .warmingUp:
                unseenCount += 1
                counters.countWarmUp()
            case .frame(let frame):
                frameCount += 1
                counters.countLost(frame.lostBefore)
                reporter.report(.streaming(stream.description))
                slot.offer(frame)
            }
        }
        return (frameCount, damagedCount, unseenCount)
    }
}
