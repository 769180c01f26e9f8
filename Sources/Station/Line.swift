internal import Capture
internal import Health
internal import Publishing
internal import Settings
internal import Synchronization
internal import Verdicts

/// One line: its source, its slot, and what became of its frames.
///
/// The source's thread and the workers call in at the same time; the steward alone starts, changes and stops it.
final class Line: Sendable {
    let name: LineName
    let slot = LatestFrame()
    let announcer: Announcer

    /// Told after every change of state, on any thread.
    let onChange: @Sendable () -> Void

    /// Told the number of each verdict handed on where nothing publishes and numbers them, on any thread.
    let onNumber: @Sendable (UInt64) -> Void

    /// Told how the trial of a set ended, on any thread.
    let onTrial: @Sendable (SetTrial, SetTrial.Outcome) -> Void
    let state: Mutex<State>
    let recent = RecentFrames()
    let source = Mutex<(any FrameSource)?>(nil)

    /// Those who wait for a picture.
    let wishes = Mutex<[PictureWish]>([])

    struct State: Sendable {
        var orders: LineOrders
        var condition: LineCondition
        var conditionSince = SuspendingClock.now
        var order = VerdictOrder<LineVerdict>()
        var counters = LineCounters()
        var durations = StageDurations()
        var lastVerdict: SuspendingClock.Instant?
        var triggers: TriggerQueue

        /// Of the last verdict, where nothing publishes and numbers them.
        var sequence: UInt64
        var faults = FaultWatch()
        var freeze = FreezeWatch()
        var frameFaults = FrameFaultWatch()

        /// Faults that sources before the present one counted.
        var formerFaults = FrameFaults()
        var lastRefusal: SupportSetRefusal?

        /// Named by the settings and on its way.
        var fetching: SupportSetFetching?

        /// Checked and ready to take over.
        var prepared: JudgingSet?

        /// In force before, and ready to come back.
        var previous: JudgingSet?
        var trial: SetTrial?

        /// Why the last answered frame got no verdict; empty where it got one.
        var lastReasons: [ReasonCode] = []

        /// How the controls of the camera that streams stand, and what was last told of it.
        var controlDifferences: [ControlDifference] = []
        var toldControls: ControlTurn?

        /// Losses that sources before the present one counted.
        var formerLoss: UInt64 = 0
    }

    init(
        _ name: LineName, settings: LineSettings, announcer: Announcer, after sequence: UInt64 = 0,
        onChange: @escaping @Sendable () -> Void, onNumber: @escaping @Sendable (UInt64) -> Void,
        onTrial: @escaping @Sendable (SetTrial, SetTrial.Outcome) -> Void
    ) {
        self.name = name
        self.announcer = announcer
        self.onChange = onChange
        self.onNumber = onNumber
        self.onTrial = onTrial
        let orders = LineOrders(settings: settings, set: nil)
        state = Mutex(
            State(
                orders: orders, condition: LineCondition(isTriggered: orders.triggerMode != .freeRun),
                triggers: TriggerQueue(orders.triggerMode, now: .now), sequence: sequence))
        slot.admit { [weak self] frame in
            self?.show(frame)
            return self?.admit(frame) ?? .newest
        }
    }

    var orders: LineOrders { state.withLock { $0.orders } }
    var set: JudgingSet? { state.withLock { $0.orders.set } }
    var lastRefusal: SupportSetRefusal? { state.withLock { $0.lastRefusal } }
    var wireState: (state: Publishing.LineState, reason: String?) { state.withLock { $0.condition.wire } }
    var hasEnded: Bool { state.withLock { $0.condition.source == .ended && $0.order.unansweredCount == 0 } }
    var stages: [StageSummary] { state.withLock { $0.durations.summary } }

    var counters: LineCounters {
        var counters = state.withLock { state in
            var counters = state.counters
            counters.lost = state.formerLoss
            return counters
        }
        counters.offered = slot.offeredCount
        counters.skipped = slot.skippedCount
        counters.lost += source.withLock { $0?.counters.total ?? 0 }
        return counters
    }

    var latency: LatencyPercentiles? {
        state.withLock { $0.durations.total.percentiles([0.5, 0.95, 0.99, 1]) }.map {
            LatencyPercentiles(median: $0[0], p95: $0[1], p99: $0[2], longest: $0[3])
        }
    }

    /// - Parameter unansweredSince: when the oldest frame was taken that a worker still holds.
    func progress(unansweredSince: SuspendingClock.Instant?) -> LineProgress {
        state.withLock { state in
            // A camera may pause for five periods, at least a second, before its source calls it lost.
            let interval = max(.seconds(1), state.orders.frameInterval) * 2
            return LineProgress(
                name: name.description, state: state.condition.progress(since: state.conditionSince),
                unansweredSince: unansweredSince, lastVerdict: state.lastVerdict,
                deadline: state.orders.settings.deadline, frameInterval: interval)
        }
    }
}
