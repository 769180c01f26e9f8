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
            guard let waiting = slot.waiting, state.triggers.wants(claim: waiting.claim, waiting.exposure, at: now),
                let frame = slot.take()
            else { return nil }
            let occasions = state.triggers.take(claim: frame.claim, frame.exposure, at: now)
            guard !occasions.isEmpty else { return nil }
            let facts = FrameFacts(
                ticket: state.order.take(), orders: state.orders, occasions: occasions, sequence: frame.sequence,
                lostBefore: frame.lostBefore + frame.skippedBefore, capturedAt: frame.capturedAt, takenAt: now,
                since: .now)
            return TakenFrame(frame: frame, line: self, facts: facts)
        }
    }

    /// When a waiting picture will be wanted, if its trigger does not want it yet.
    var nextDue: MonotonicTime? {
        guard let waiting = slot.waiting, waiting.exposure == .onDemand else { return nil }
        return state.withLock { $0.triggers.nextDue }
    }

    /// The one answer to a taken frame; handed on as soon as all frames taken before it are answered.
    func answer(_ facts: FrameFacts, with verdict: LineVerdict) {
        state.withLock { state in
            state.durations.add(
                verdict.stages, waited: facts.waited, published: verdict.published, total: verdict.total)
            state.lastVerdict = .now
        }
        guard state.withLock({ $0.order.answer(facts.ticket, with: verdict) }) else { return }
        while let (next, turns) = state.withLock({ $0.next(at: .now) }) {
            for turn in turns { announcer.event(turn.code, line: name, why: turn.why) }
            let ended = state.withLock { $0.concludeTrial(with: next.message) }
            handOn(next)
            if let ended { onTrial(ended.trial, ended.outcome) }
        }
    }

    /// Whether the frame shows what the frames before it showed for too long already.
    func isFrozen(_ picture: PictureFingerprint, _ facts: FrameFacts) -> Bool {
        let after = facts.orders.settings.image.frozenAfter
        return state.withLock { $0.freeze.sees(picture, ticket: facts.ticket, at: facts.capturedAt, after: after) }
    }

    /// Hands a verdict on, once for each trigger that still waits for it.
    func handOn(_ verdict: LineVerdict) {
        for (place, occasion) in verdict.occasions.enumerated() {
            let message = verdict.message(for: occasion, isFirst: place == 0)
            if place > 0 { recent.add(id: message.id, to: verdict.message.id) }
            let isWanted = state.withLock { state in
                if let number = occasion.number, !state.triggers.settle(number) { return false }
                state.counters.count(message.decision, reasons: message.reasons)
                return true
            }
            if isWanted { handOn(message, for: occasion) }
        }
    }

    /// Has a verdict numbered and published, and tells whoever asked for it as soon as its number is certain.
    func handOn(_ message: VerdictMessage, for occasion: Occasion) {
        let tell = occasion.order.map { order in
            { @Sendable (number: UInt64) in
                var message = message
                message.delivery.sequence = number
                order.reply(message)
            }
        }
        if announcer.verdict(message, line: name, onNumber: tell) { return }
        let number = state.withLock { state in
            state.sequence += 1
            return state.sequence
        }
        onNumber(number)
        tell?(number)
    }

    func publishOverlay(_ jpeg: [UInt8]) { announcer.overlay(jpeg, line: name) }
}

extension Line.State {
    /// The next answer to hand on, with the faults that begin or end with its frame.
    fileprivate mutating func next(at now: MonotonicTime) -> (verdict: LineVerdict, turns: [FaultWatch.Turn])? {
        guard let verdict = order.next() else { return nil }
        let message = verdict.message
        lastReasons = message.decision == .noVerdict ? message.reasons : []
        return (verdict, faults.turns(after: message.decision, reasons: message.reasons, why: verdict.remark, at: now))
    }

    /// How the trial of the set in force ended with this verdict, if it did.
    fileprivate mutating func concludeTrial(
        with message: VerdictMessage
    ) -> (trial: SetTrial, outcome: SetTrial.Outcome)? {
        let outcome = trial?.sees(
            message.decision, reasons: message.reasons, digest: message.supportSet?.digest)
        guard let outcome, let ended = trial else { return nil }
        trial = nil
        return (ended, outcome)
    }
}
