internal import Inference
internal import Synchronization

/// As many lanes as there are callers that may run at once; a caller too many waits, but not for ever.
final class LanePool: Sendable {
    private let free: Mutex<[RequestLane]>
    private let permits: Permits

    init(_ lanes: [RequestLane]) {
        free = Mutex(lanes)
        permits = Permits(count: lanes.count)
    }

    /// Lends a lane to `body`.
    ///
    /// - Throws: `busy` when no lane came free in time, else what `body` throws.
    func withLane<Result>(
        waiting limit: Duration, _ body: (RequestLane) throws(InferenceError) -> Result
    ) throws(InferenceError) -> Result {
        guard permits.take(waiting: limit), let lane = free.withLock({ $0.popLast() }) else {
            throw .busy(waited: limit)
        }
        defer {
            free.withLock { $0.append(lane) }
            permits.give()
        }
        return try body(lane)
    }
}
