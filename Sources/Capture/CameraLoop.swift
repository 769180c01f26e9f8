internal import Glibc

/// What the camera's thread does: open, stream, and after any fault close all and begin again.
///
/// When to try again and what to tell is decided by `CameraRecovery`.
struct CameraLoop: Sendable {
    let request: CameraRequest
    let pace: RecoveryPace
    let counters: SourceCounters
    let slot: LatestFrame
    let lease: LatestFrame.Lease
    let doorbell: Doorbell
    let report: CameraReport
    let call: DriverCall

    func run(until stop: StopSignal) {
        weak var lent: BufferQueue?
        report.begin()
        while !stop.isRaised {
            call.enter(limit: DriverCall.openingLimit)
            // Listens before it looks, so that no arrival is missed between the two.
            let monitor = listen()
            let retryAt: MonotonicTime
            do throws(CaptureError) {
                let stream = try open(ringing: stop.bell)
                lent = stream.queue
                retryAt = follow(stream, until: stop) ?? .now
            } catch .busy where lent != nil {
                // Frames still on loan hold the device, not another program: the reason stays the one reported.
                retryAt = MonotonicTime.now.advanced(by: .milliseconds(50))
            } catch {
                retryAt = report.fails(explained(error))
            }
            call.leave()
            pause(until: retryAt, or: stop, listening: monitor)
        }
        slot.clear(lease)
    }

    private func open(ringing bell: WakeEvent) throws(CaptureError) -> CameraStream {
        let node = try CameraFinder().find(request.camera)
        let device = request.camera.key == .device ? request.camera.value : node.device
        return try Camera(opening: device, known: node).stream(request, ringing: bell)
    }

    /// Nil where there is no netlink to be had; then only the pace leads back to the camera.
    private func listen() -> NodeMonitor? {
        do throws(CaptureError) {
            return try NodeMonitor()
        } catch {
            return nil
        }
    }

    /// Names the program that holds the device, once: looking through all processes takes a while.
    private func explained(_ error: CaptureError) -> CaptureError {
        guard case .busy(let device, nil) = error, report.toldReason != error.code else { return error }
        let holders = NodeHolder.holders(of: device).map { $0.process == getpid() ? "another line" : $0.wording }
        return .busy(device: device, holder: holders.isEmpty ? nil : holders.joined(separator: ", "))
    }

    /// Waits for the next try, or for a camera that arrives.
    private func pause(until moment: MonotonicTime, or stop: StopSignal, listening monitor: borrowing NodeMonitor?) {
        var moment = moment
        let descriptor = Self.descriptor(of: monitor)
        while !stop.isRaised, moment > .now {
            var requests: [2 of pollfd] = [
                pollfd(fd: stop.bell.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            ]
            var span = requests.mutableSpan
            let remaining = WakeEvent.milliseconds(until: moment)
            // unsafe: two structures, as many as we say; one with a negative descriptor is left out
            _ = unsafe span.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, remaining) }
            // A ring that no stop belongs to came from a buffer given back.
            if requests[0].revents != 0 { _ = stop.bell.wait(timeout: .zero) }
            if requests[1].revents != 0, Self.hasArrival(monitor) { moment = min(moment, report.arrives()) }
        }
    }

    private static func descriptor(of monitor: borrowing NodeMonitor?) -> Int32 {
        switch monitor {
        case .some(let monitor): monitor.descriptor
        case .none: -1
        }
    }

    private static func hasArrival(_ monitor: borrowing NodeMonitor?) -> Bool {
        switch monitor {
        case .some(let monitor): monitor.takeArrival()
        case .none: false
        }
    }

    /// Hands on frames until the stop or a fault; the stream ends on the way out.
    ///
    /// - Returns: when to try again after a fault; nil when stopped.
    private func follow(_ stream: consuming CameraStream, until stop: StopSignal) -> MonotonicTime? {
        do throws(CaptureError) {
            try hand(on: &stream, until: stop)
            slot.clear(lease)
            return nil
        } catch {
            // A frame left in the slot would keep the device's memory, and so the device, from being let go.
            slot.clear(lease)
            // Told before the stream ends: a driver at fault may take its time for that.
            let retryAt = report.fails(error)
            call.enter(limit: DriverCall.openingLimit)
            return retryAt
        }
    }

    private func hand(on stream: inout CameraStream, until stop: StopSignal) throws(CaptureError) {
        let frameTimeout = pace.frameTimeout(rate: stream.description.rate)
        let frameLimit = frameTimeout.wholeNanoseconds
        var patience = max(pace.firstFrameTimeout, frameTimeout)
        var deadline = MonotonicTime.now.advanced(by: patience)
        while !stop.isRaised {
            if pace.waitsForTrigger, !report.isStreaming { report.streams(stream.description) }
            call.leave()
            let wake = stream.wait(until: min(deadline, stream.nextLook), or: stop.bell)
            call.enter(limit: DriverCall.streamingLimit)
            if wake == .bell { _ = stop.bell.wait(timeout: .zero) }
            if wake == .event { try stream.hear() }
            // Before the frames: those that follow a change are told of it.
            if stream.lookAtControls(isTold: wake == .event), report.isStreaming {
                report.streams(stream.description)
            }
            let (frameCount, damagedCount, unseenCount) = try drain(&stream)
            if frameCount + unseenCount > 0 {
                patience = frameTimeout
                deadline = MonotonicTime.now.advanced(byNanoseconds: frameLimit)
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

    /// Takes all that the driver has filled, so that the newest ends up in the slot, and gives it all that came back.
    private func drain(
        _ stream: inout CameraStream
    ) throws(CaptureError) -> (frameCount: Int, damagedCount: Int, unseenCount: Int) {
        var frameCount = 0
        var damagedCount = 0
        var unseenCount = 0
        defer { stream.takeBack() }
        // The bound is for a camera faster than this loop.
        while frameCount + damagedCount + unseenCount < 64 {
            stream.takeBack()
            switch try stream.next() {
            case .nothing:
                return (frameCount, damagedCount, unseenCount)
            case .damaged(let damage):
                damagedCount += 1
                counters.countDamaged(damage)
                if damagedCount == 1 { try stream.checkForm() }
            case .warmingUp:
                unseenCount += 1
                counters.countWarmUp()
            case .frame(let frame, let fault, let isRepeated, let isNewest):
                frameCount += 1
                if let fault { counters.countStamp(fault) }
                if isRepeated { counters.countRepeatedNumber() }
                counters.countLost(frame.lostBefore)
                // A change of what streams is told where it is seen.
                if !report.isStreaming { report.streams(stream.description) }
                slot.offer(frame, of: lease)
                if isNewest { return (frameCount, damagedCount, unseenCount) }
            }
        }
        return (frameCount, damagedCount, unseenCount)
    }
}
