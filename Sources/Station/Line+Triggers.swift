internal import Capture
internal import Imaging
internal import Publishing
internal import Synchronization
internal import Verdicts

extension Line {
    /// Has one frame judged that is exposed after `moment`; the order's reply comes by the deadline in any case.
    ///
    /// The caller rings the workers, who may have a picture on demand to take.
    func trigger(_ order: TriggerOrder, at moment: MonotonicTime, deadline: Duration?) {
        let isAccepted = state.withLock { state in
            state.triggers.accept(
                order, at: moment, delay: state.orders.triggerDelay,
                deadline: moment.advanced(by: deadline ?? state.orders.commandDeadline))
        }
        if !isAccepted { answerUnseen(Occasion(.command, at: moment, order: order), .overload) }
    }

    /// Whether the source's frame is wanted; on the source's thread.
    func admit(_ frame: borrowing Frame) -> LatestFrame.Admission {
        let (exposure, sequence, capturedAt) = (frame.exposure, frame.sequence, frame.capturedAt)
        let (lostBefore, layout, format) = (frame.lostBefore, frame.layout, frame.formatName)
        let (admission, unwanted): (LatestFrame.Admission, FrameFacts?) = state.withLock { state in
            switch state.triggers.admit(exposure) {
            case .newest: return (.newest, nil)
            case .skipped: return (.skipped, nil)
            case .kept(let claim): return (.kept(claim: claim), nil)
            case .crowded(let occasions):
                let facts = FrameFacts(
                    ticket: state.order.take(), orders: state.orders, occasions: occasions, sequence: sequence,
                    lostBefore: lostBefore, capturedAt: capturedAt, takenAt: .now, since: .now)
                return (.skipped, facts)
            }
        }
        if let unwanted {
            let stamp = layout.map { unwanted.stamp(width: $0.width, height: $0.height, format: format) }
            answer(unwanted, with: .none(.overload, of: unwanted, stamp: stamp, line: name, announcer: announcer))
        }
        return admission
    }

    /// Answers the commands whose time is over.
    ///
    /// - Returns: when the next one's is; nil while none waits.
    func answerOverdue(at now: MonotonicTime) -> MonotonicTime? {
        let (late, vacant, isLost, next) = state.withLock { state in
            let (late, vacant) = state.triggers.overdue(at: now)
            return (late, vacant, state.condition.isLost, state.triggers.nextDeadline)
        }
        if let vacant { slot.clear(claim: vacant) }
        for (occasion, stage) in late {
            let reason: ReasonCode =
                switch stage {
                case .waiting: isLost ? .cameraLost : .noFrame
                case .claimed: .overload
                case .taken: .modelTimeout
                }
            answerUnseen(occasion, reason)
        }
        return next
    }

    /// Answers the commands that no worker has, because the line ends.
    func answerRest() {
        for occasion in state.withLock({ $0.triggers.close() }) { answerUnseen(occasion, .noFrame) }
    }

    /// Answers a trigger that has no frame; the caller took it out of the queue.
    func answerUnseen(_ occasion: Occasion, _ reason: ReasonCode) {
        let now = MonotonicTime.now
        let facts = FrameFacts(
            ticket: 0, orders: orders, occasions: [occasion], sequence: 0, lostBefore: 0, capturedAt: now,
            takenAt: now, since: .now)
        let verdict = LineVerdict.none(reason, of: facts, stamp: nil, line: name, announcer: announcer)
        let message = verdict.message(for: occasion, isFirst: true)
        state.withLock { $0.counters.count(message.decision, reasons: message.reasons) }
        handOn(message, for: occasion)
    }
}
