internal import Capture
internal import Health
internal import Publishing

/// What a line can do, told from what its parts last said.
struct LineCondition: Equatable, Sendable {
    /// The support set is being prepared for the first time.
    var isPreparing = true
    var hasSet = false

    /// Nil until the source was started.
    var source: SourceState?

    /// Frames come, but under other controls than they should.
    var controlsDiffer = false

    /// A trigger decides when a frame is judged.
    var isTriggered: Bool

    init(isTriggered: Bool) { self.isTriggered = isTriggered }

    /// The source is lost and tries to come back.
    var isLost: Bool {
        if case .lost = source { true } else { false }
    }

    /// As the status message says it.
    var wire: (state: Publishing.LineState, reason: String?) {
        if isPreparing { return (.starting, nil) }
        switch source {
        case nil, .opening: return (.starting, nil)
        case .lost(let error): return (.waiting, error.code)
        case .streaming where !hasSet: return (.waiting, "no_support_set")
        case .streaming where controlsDiffer: return (.waiting, "controls_differ")
        case .ended: return (.waiting, "replay_finished")
        case .streaming: return (isTriggered ? .armed : .judging, nil)
        }
    }

    /// As the watchdog's judge sees it.
    ///
    /// - Parameter since: when the present state began.
    func progress(since: SuspendingClock.Instant) -> Health.LineState {
        let wire = wire
        switch wire.state {
        case .starting: return .starting(since: since)
        case .armed: return .armed
        case .judging: return .judging(since: since)
        case .waiting, .disabled:
            // Frames of a line without a set are answered too, so a silent worker still shows by its hands.
            return .degraded(reason: wire.reason ?? "disabled")
        }
    }
}
