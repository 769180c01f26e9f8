internal import Capture
internal import Health
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
        let turns = state.withLock { state in
            state.counters.count(message.decision, reasons: message.reasons)
            state.durations.add(
                verdict.stages, waited: facts.waited, published: verdict.published, total: verdict.total)
            state.lastVerdict = .now
            return state.turns(after: message.reasons)
        }
        for (code, why) in turns { announcer.event(code, line: name, why: why) }
        guard state.withLock({ $0.order.answer(facts.ticket, with: verdict) }) else { return }
        while let next = state.withLock({ $0.order.next() }) {
            if let sequence = announcer.verdict(next.message, line: name) { onNumber(sequence) }
        }
    }

    func publishOverlay(_ jpeg: [UInt8]) { announcer.overlay(jpeg, line: name) }
}

extension Line.State {
    /// What changed with a verdict: each fault is told at its beginning and its end, not with every frame.
    fileprivate mutating func turns(after reasons: [ReasonCode]) -> [(code: EventCode, why: String?)] {
        var turns: [(code: EventCode, why: String?)] = []
        let isStale = reasons.contains(.staleFrame)
        if isStale, !isOverloaded { turns.append((.overload, "frames are older than the line's deadline")) }
        if !isStale, isOverloaded { turns.append((.overloadOver, nil)) }
        isOverloaded = isStale
        let isFailing = reasons.contains(.modelFailed)
        if isFailing, !isModelFailing { turns.append((.modelFailed, "frames get no verdict while this lasts")) }
        isModelFailing = isFailing
        return turns
    }
}
