internal import Capture
internal import Health
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

extension Line {
    /// Puts new settings and, where one was prepared, a new set in force between two frames.
    ///
    /// - Parameters:
    ///   - keepsSet: without a new one the set in force stays; else the line is left without one.
    ///   - trial: so many frames without a verdict condemn the new set; nil for none.
    func adopt(_ settings: LineSettings, set: JudgingSet?, keepsSet: Bool, trial: Int?) {
        let former = state.withLock { state in
            let former = state.orders.set
            state.orders = LineOrders(settings: settings, set: set ?? (keepsSet ? former : nil))
            let mode = state.orders.triggerMode
            state.triggers.change(to: mode, now: .now)
            let isTriggered = mode != .freeRun
            if let set { state.follow(former, with: set, trial: trial) }
            state.settle { $0.isTriggered = isTriggered }
            return former
        }
        if let set { sayActivated(set, instead: former) }
        saySupportSet()
        sayStreaming()
        onChange()
    }

    /// Judges by another set from the next frame on; all else stays.
    ///
    /// - Returns: the set in force before.
    @discardableResult
    func activate(_ set: JudgingSet, trial: Int?) -> JudgingSet? {
        let former = state.withLock { state in
            let former = state.orders.set
            state.orders.set = set
            state.follow(former, with: set, trial: trial)
            state.settle { _ in }
            return former
        }
        sayActivated(set, instead: former)
        saySupportSet()
        sayStreaming()
        onChange()
        return former
    }

    /// Judges by the set before again; the one in force now is gone from this line.
    ///
    /// - Returns: the set that is in force no more; nil where there is none to go back to.
    func rollBack(to set: JudgingSet, by cause: SetCause) -> JudgingSet? {
        let former = state.withLock { state in
            let former = state.orders.set
            var set = set
            set.by = cause
            set.since = .now()
            state.orders.set = set
            state.previous = nil
            state.trial = nil
            state.settle { _ in }
            return former
        }
        saySupportSet()
        sayStreaming()
        onChange()
        return former
    }

    /// Keeps a set ready; one that waited before is forgotten.
    func keep(prepared set: JudgingSet?) {
        state.withLock { state in
            state.prepared = set
            if set != nil { state.lastRefusal = nil }
        }
        saySupportSet()
    }

    func keep(previous set: JudgingSet) {
        state.withLock { $0.previous = set }
        saySupportSet()
    }

    /// Notes that a set was refused; whatever ruled before goes on ruling.
    ///
    /// - Parameters:
    ///   - wanted: the set as it was named.
    ///   - isRetry: nobody asked anew, so the same is not told again.
    func refuse(_ refusal: SetRefusal, wanted: String?, isRetry: Bool = false) {
        let isKnown = state.withLock { state in
            defer { state.change { $0.isPreparing = false } }
            if isRetry, state.lastRefusal?.reason == refusal.reason { return true }
            state.lastRefusal = SupportSetRefusal(at: .now(), reason: refusal.reason)
            return false
        }
        guard !isKnown else { return }
        announcer.event(.setRefused, line: name, why: refusal.reason, data: ["set": wanted ?? "none"])
        saySupportSet()
        onChange()
    }

    /// Notes that the set which the settings name is on its way, or is not any more.
    func waitForSet(_ fetching: SupportSetFetching?) {
        state.withLock { state in
            state.fetching = fetching
            // A server may take its time; whoever waits for the line is told what it waits for.
            if fetching != nil { state.change { $0.isPreparing = false } }
        }
        saySupportSet()
        onChange()
    }

    /// Remembers why a set is not in force any more.
    func note(_ refusal: SetRefusal) {
        state.withLock { $0.lastRefusal = SupportSetRefusal(at: .now(), reason: refusal.reason) }
        saySupportSet()
    }

    /// Forgets what is ready under other settings than those in force.
    func forgetReady() {
        state.withLock { state in
            state.prepared = nil
            state.previous = nil
        }
    }

    var fetching: SupportSetFetching? { state.withLock { $0.fetching } }
    var prepared: JudgingSet? { state.withLock { $0.prepared } }
    var previous: JudgingSet? { state.withLock { $0.previous } }

    private func sayActivated(_ set: JudgingSet, instead former: JudgingSet?) {
        announcer.event(
            .setActivated, line: name, why: set.label,
            data: [
                "set": set.label, "digest": set.identity.digest, "before": former?.label ?? "none",
                "by": set.by.rawValue,
            ])
    }

    private func saySupportSet() {
        let (active, prepared, previous, refusal, fetching) = state.withLock {
            ($0.orders.set?.active, $0.prepared?.prepared, $0.previous?.reference, $0.lastRefusal, $0.fetching)
        }
        announcer.supportSet(
            SupportSetMessage(
                station: announcer.station, line: name, at: .now(), active: active, prepared: prepared,
                previous: previous, lastRefusal: refusal, fetching: fetching))
    }
}

extension Line.State {
    /// What follows from a new set in the place of `former`.
    fileprivate mutating func follow(_ former: JudgingSet?, with set: JudgingSet, trial limit: Int?) {
        let digest = set.identity.digest
        if let former, former.identity.digest != digest { previous = former }
        if previous?.identity.digest == digest { previous = nil }
        if prepared?.identity.digest == digest { prepared = nil }
        lastRefusal = nil
        trial = SetTrial(of: digest, limit: limit, excusing: former == nil ? [] : lastReasons)
    }

    fileprivate mutating func settle(_ body: (inout LineCondition) -> Void) {
        let hasSet = orders.set != nil
        change {
            $0.isPreparing = false
            $0.hasSet = hasSet
            body(&$0)
        }
        compareControls()
    }
}

extension Line.State {
    mutating func change(_ body: (inout LineCondition) -> Void) {
        let before = condition.wire.state
        body(&condition)
        if condition.wire.state != before { conditionSince = .now }
    }
}
