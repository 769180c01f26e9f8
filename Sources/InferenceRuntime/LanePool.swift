package import Inference
internal import Synchronization

/// As many lanes as there are callers that may run at once; a caller too many waits for its turn, but not for ever.
///
/// A lane that does not come back, because its network hangs, is replaced after a while: the others go on.
package final class LanePool<Lane: AnyObject & Sendable>: Sendable {
    private struct State {
        let lostAfter: Duration
        var free: [Lane]

        /// Since when each lane is out.
        var lent: [ObjectIdentifier: ContinuousClock.Instant] = [:]

        /// Lanes made for those that were given up and are still out.
        var spareCount = 0

        /// One that will not come back, if another may be made for it.
        var lostLane: ObjectIdentifier? {
            // As many as workers may be given up before only a new process helps.
            guard spareCount < 2 else { return nil }
            return lent.first { ContinuousClock.now - $0.value > lostAfter }?.key
        }
    }

    private let state: Mutex<State>
    private let permits: Permits
    private let makeLane: @Sendable () throws(InferenceError) -> Lane

    /// - Parameters:
    ///   - lostAfter: no answer takes as long.
    ///   - makeLane: also for one in place of a lane that is lost; called on a caller's thread then.
    package init(
        count: Int, lostAfter: Duration = .seconds(10),
        makeLane: @escaping @Sendable () throws(InferenceError) -> Lane
    ) throws(InferenceError) {
        var lanes: [Lane] = []
        for _ in 0..<count { lanes.append(try makeLane()) }
        self.makeLane = makeLane
        permits = Permits(count: count)
        state = Mutex(State(lostAfter: lostAfter, free: lanes))
    }

    /// Lends a lane to `body`; callers that wait get theirs in the order of their coming.
    ///
    /// - Throws: `busy` when no lane came free in time, else what `body` throws.
    package func withLane<Result>(
        waiting limit: Duration, _ body: (Lane) throws(InferenceError) -> Result
    ) throws(InferenceError) -> Result {
        let lane = try take(waiting: limit)
        defer { giveBack(lane) }
        return try body(lane)
    }

    private func take(waiting limit: Duration) throws(InferenceError) -> Lane {
        guard permits.take(waiting: limit) else {
            guard state.withLock({ $0.lostLane != nil }) else { throw .busy(waited: limit) }
            let spare = try makeLane()
            guard giveUpLostLane() else { throw .busy(waited: limit) }
            return lend(spare)
        }
        guard let lane = state.withLock({ $0.free.popLast() }) else { throw .busy(waited: limit) }
        return lend(lane)
    }

    private func lend(_ lane: Lane) -> Lane {
        state.withLock { $0.lent[ObjectIdentifier(lane)] = .now }
        return lane
    }

    /// - Returns: whether one was given up, so that another may be made for it.
    private func giveUpLostLane() -> Bool {
        state.withLock { state in
            guard let lost = state.lostLane else { return false }
            state.lent[lost] = nil
            state.spareCount += 1
            return true
        }
    }

    private func giveBack(_ lane: Lane) {
        let isExpected = state.withLock { state in
            guard state.lent.removeValue(forKey: ObjectIdentifier(lane)) != nil else {
                // One that was given up has come back after all; another took its place.
                state.spareCount -= 1
                return false
            }
            state.free.append(lane)
            return true
        }
        if isExpected { permits.give() }
    }
}
