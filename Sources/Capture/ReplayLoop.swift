/// What a replay's thread does: list the files, offer each at its time, and begin again.
struct ReplayLoop: Sendable {
    let files: ReplayFiles
    let period: Duration
    let rate: Double
    let isLooped: Bool
    let waitForTake: Bool
    let retryInterval: Duration
    let counters: SourceCounters

    /// Where a playing replay stands.
    private struct Position {
        var sequence: UInt32 = 0
        var due = MonotonicTime.now
    }

    func run(
        into slot: LatestFrame, of lease: LatestFrame.Lease, ringing doorbell: Doorbell, until stop: StopSignal,
        reporter: StateReporter
    ) {
        var reporter = reporter
        var position = Position()
        slot.ringWhenTaken(waitForTake ? stop.bell : nil)
        defer { slot.ringWhenTaken(nil) }
        reporter.report(.opening)
        while !stop.isRaised {
            do throws(CaptureError) {
                try play(into: slot, of: lease, ringing: doorbell, until: stop, reporter: &reporter, from: &position)
                guard !stop.isRaised, !isLooped else { continue }
                if waitForTake { waitUntilTaken(from: slot, or: stop) }
                if !stop.isRaised { reporter.report(.ended) }
                return
            } catch {
                if reporter.isStreaming { counters.countLoss() }
                reporter.report(.lost(error))
                pause(until: .now.advanced(by: retryInterval), or: stop)
            }
        }
    }

    /// All files once, listed anew. Errors: `noImages` also when not one of them could be read.
    private func play(
        into slot: LatestFrame, of lease: LatestFrame.Lease, ringing doorbell: Doorbell, until stop: StopSignal,
        reporter: inout StateReporter, from position: inout Position
    ) throws(CaptureError) {
        let paths = try files.paths()
        let description = CameraDescription(
            device: files.path, card: "replay of \(files.path)", driver: "replay", busInfo: "files", format: nil,
            size: nil, rate: rate)
        var isAnyRead = false
        for path in paths where !stop.isRaised {
            guard let bytes = files.bytes(of: path) else {
                counters.countUnreadable()
                continue
            }
            isAnyRead = true
            pause(until: position.due, or: stop)
            if waitForTake { waitUntilTaken(from: slot, or: stop) }
            guard !stop.isRaised else { return }
            reporter.report(.streaming(description))
            slot.offer(
                Frame(
                    file: ReplayFiles.name(of: path), bytes: bytes, sequence: position.sequence, capturedAt: .now,
                    exposure: waitForTake ? .onDemand : nil),
                of: lease)
            doorbell.ring()
            position.sequence &+= 1
            // After a delay the rate holds from here on: frames missed are not made up for in a burst.
            position.due = max(position.due, MonotonicTime.now.advanced(by: .zero - period)).advanced(by: period)
        }
        if !isAnyRead, !stop.isRaised { throw .noImages(path: files.path) }
    }

    private func waitUntilTaken(from slot: LatestFrame, or stop: StopSignal) {
        while !stop.isRaised, !slot.isEmpty { _ = stop.bell.wait(timeout: nil) }
    }

    /// A bell that rang for a frame taken is no reason to be early.
    private func pause(until moment: MonotonicTime, or stop: StopSignal) {
        while !stop.isRaised {
            let remaining = moment.since(.now)
            guard remaining > .zero else { return }
            _ = stop.bell.wait(timeout: remaining)
        }
    }
}
