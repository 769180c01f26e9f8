/// Tells whether a driver's time stamps can be the moments at which frames were taken.
///
/// A stamp that cannot be is replaced by the moment of arrival, which is later: such a frame never looks older or fresher
/// than it may be by more than the camera's own delay.
package struct StampCheck: Sendable {
    /// Why a stamp was not believed.
    package enum Fault: UInt8, CaseIterable, Sendable {
        /// Not of the monotonic clock, or no number at all.
        case otherClock = 1

        /// In the future by more than a driver's own reckoning explains.
        case ahead

        /// Older than any frame in the queue can be.
        case old

        /// Before the stamp of the frame before, or the same.
        case backwards
    }

    /// Drivers that reckon a frame's end from their rate, as vivid does, are ahead by up to a period. In nanoseconds.
    private let reckoning: Int64

    /// From the beginning of an exposure until its frame lies in the queue. In nanoseconds.
    private let slack: Int64

    /// Frames that lie in the queue now were filled since.
    private var emptySince: MonotonicTime

    /// The last stamp that was believed.
    private var lastStamp: MonotonicTime?
    private var lastTime: MonotonicTime?

    /// - Parameters:
    ///   - rate: frames a second, where it is known.
    ///   - start: when the stream was started.
    package init(rate: Double?, start: MonotonicTime) {
        let period = rate.flatMap { $0.isFinite && $0 > 0.001 ? Int64(1e9 / $0) : nil } ?? 0
        slack = max(2_000_000_000, 4 * period)
        reckoning = max(20_000_000, period)
        emptySince = start
    }

    /// Notes that the driver had no more frames.
    package mutating func queueWasEmpty(at moment: MonotonicTime) { emptySince = max(emptySince, moment) }

    /// The moment a frame was taken: never before that of the frame before.
    ///
    /// - Parameter stamp: the driver's; nil where it is not of the monotonic clock.
    package mutating func time(
        of stamp: MonotonicTime?, arrival: MonotonicTime
    ) -> (time: MonotonicTime, fault: Fault?) {
        let fault = fault(of: stamp, arrival: arrival)
        var time = arrival
        if let stamp, fault == nil {
            lastStamp = stamp
            time = min(stamp, arrival)
        }
        time = max(time, lastTime ?? time)
        lastTime = time
        return (time, fault)
    }

    private func fault(of stamp: MonotonicTime?, arrival: MonotonicTime) -> Fault? {
        guard let stamp else { return .otherClock }
        if stamp > arrival.advanced(byNanoseconds: reckoning) { return .ahead }
        if stamp < emptySince.advanced(byNanoseconds: -slack) { return .old }
        if let lastStamp, stamp <= lastStamp { return .backwards }
        return nil
    }
}
