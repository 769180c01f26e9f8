internal import Capture
internal import Health
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

extension Line {
    /// Puts new settings and, where one was prepared, a new set in force between two frames.
    ///
    /// Settings that name no set leave the line without one.
    ///
    /// - Returns: the set that ruled before.
    @discardableResult
    func adopt(_ settings: LineSettings, set: JudgingSet?) -> JudgingSet? {
        let former = state.withLock { state in
            let former = state.orders.set
            state.orders = LineOrders(settings: settings, set: settings.supportSet == nil ? nil : set ?? former)
            let mode = state.orders.triggerMode
            state.triggers.change(to: mode, now: .now)
            let hasSet = state.orders.set != nil
            let isTriggered = mode != .freeRun
            if set != nil { state.lastRefusal = nil }
            state.change {
                $0.isPreparing = false
                $0.hasSet = hasSet
                $0.isTriggered = isTriggered
            }
            state.compareControls()
            return former
        }
        if let set {
            announcer.event(
                .setActivated, line: name, why: set.label,
                data: ["set": set.label, "digest": set.identity.digest, "before": former?.label ?? "none"])
        }
        saySupportSet()
        sayStreaming()
        onChange()
        return former
    }

    /// Notes that a set was refused; whatever ruled before goes on ruling.
    func refuse(_ refusal: SetRefusal, directory: String?) {
        state.withLock { state in
            state.lastRefusal = SupportSetRefusal(at: .now(), reason: refusal.reason)
            state.change { $0.isPreparing = false }
        }
        announcer.event(.setRefused, line: name, why: refusal.reason, data: ["directory": directory ?? "none"])
        saySupportSet()
        onChange()
    }

    private func saySupportSet() {
        let (active, refusal) = state.withLock { ($0.orders.set?.active, $0.lastRefusal) }
        announcer.supportSet(
            SupportSetMessage(
                station: announcer.station, line: name, at: .now(), active: active, lastRefusal: refusal))
    }
}

extension Line.State {
    mutating func change(_ body: (inout LineCondition) -> Void) {
        let before = condition.wire.state
        body(&condition)
        if condition.wire.state != before { conditionSince = .now }
    }
}
