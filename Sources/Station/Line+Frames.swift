internal import Capture
internal import Health
internal import Imaging
internal import Publishing
internal import Settings
internal import Synchronization
internal import Verdicts

extension Line {
    /// The newest frame with the orders in force, if there is one and the trigger wants it.
    func take(now: MonotonicTime) -> TakenFrame? {
        // Frame, ticket and orders under one lock: verdicts change from one set to the next exactly once.
        state.withLock { state in
            if let due = state.nextDue, now < due { return nil }
            guard let frame = slot.take() else { return nil }
            if let interval = state.orders.timerInterval {
                state.nextDue = max(state.nextDue ?? now, now.advanced(by: .zero - interval)).advanced(by: interval)
            }
            let facts = FrameFacts(
                ticket: state.order.take(), orders: state.orders, sequence: frame.sequence,
                lostBefore: frame.lostBefore + frame.skippedBefore, capturedAt: frame.capturedAt, takenAt: now,
                since: .now)
            return TakenFrame(frame: frame, line: self, facts: facts)
        }
    }

    /// When a waiting frame will be wanted, if its trigger does not want it yet.
    var nextDue: MonotonicTime? {
        guard !slot.isEmpty else { return nil }
        return state.withLock { $0.nextDue }
    }

    /// The one answer to a taken frame; handed on as soon as all frames taken before it are answered.
    func answer(_ facts: FrameFacts, with verdict: LineVerdict) {
        let message = verdict.message
        state.withLock { state in
            state.counters.count(message.decision, reasons: message.reasons)
            state.durations.add(
                verdict.stages, waited: facts.waited, published: verdict.published, total: verdict.total)
            state.lastVerdict = .now
        }
        guard state.withLock({ $0.order.answer(facts.ticket, with: verdict) }) else { return }
        while let (next, turns) = state.withLock({ $0.next(at: .now) }) {
            for turn in turns { announcer.event(turn.code, line: name, why: turn.why) }
            if let sequence = announcer.verdict(next.message, line: name) { onNumber(sequence) }
        }
    }

    /// Whether the frame shows what the frames before it showed for too long already.
    func isFrozen(_ picture: PictureFingerprint, _ facts: FrameFacts) -> Bool {
        let after = facts.orders.settings.image.frozenAfter
        return state.withLock { $0.freeze.sees(picture, ticket: facts.ticket, at: facts.capturedAt, after: after) }
    }

    func publishOverlay(_ jpeg: [UInt8]) { announcer.overlay(jpeg, line: name) }
}

extension Line.State {
    /// The next answer to hand on, with the faults that begin or end with its frame.
    fileprivate mutating func next(at now: MonotonicTime) -> (verdict: LineVerdict, turns: [FaultWatch.Turn])? {
        guard let verdict = order.next() else { return nil }
        let message = verdict.message
        return (verdict, faults.turns(after: message.decision, reasons: message.reasons, at: now))
    }
}
