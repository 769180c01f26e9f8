/// Tells from a driver's stamps when the exposure of each frame may have begun at the earliest.
///
/// A frame takes at most one period from the beginning of its exposure to its end. The period is the longer one of the
/// agreed rate's and of the one measured between this frame and the one before: automatic exposure stretches it.
package struct ExposureClock: Sendable {
    /// Of a camera that does not say how fast it is, until two frames have come.
    private static let unknownPeriod: Int64 = 1_000_000_000

    /// A longer pause between two frames is no period: the camera waited.
    private static let longestPeriod: Int64 = 60_000_000_000

    /// Periods are in nanoseconds.
    private let period: Int64?
    private var last: (stamp: MonotonicTime, sequence: UInt32)?

    /// - Parameter rate: frames a second as agreed with the driver; nil when it does not say.
    package init(rate: Double?) {
        period = rate.flatMap { $0.isFinite && $0 > 1.0 / 60 ? Int64(1e9 / $0) : nil }
    }

    /// Takes frames in the order of their coming.
    package mutating func exposure(stamp: MonotonicTime, sequence: UInt32, source: StampSource) -> Exposure {
        let measured = measuredPeriod(until: stamp, sequence)
        last = (stamp, sequence)
        let longest =
            switch (period, measured) {
            case (let agreed?, let measured?): max(agreed, measured)
            case (let known?, nil), (nil, let known?): known
            case (nil, nil): Self.unknownPeriod
            }
        return switch source {
        case .startOfExposure: .began(notBefore: stamp)
        case .endOfFrame: .began(notBefore: stamp.advanced(byNanoseconds: -longest))
        // A frame may have lain in the driver for a period before it was fetched.
        case .arrival: .began(notBefore: stamp.advanced(byNanoseconds: -2 * longest))
        }
    }

    /// The time a frame took, from the one before; nil after a restart, a pause or a nonsense stamp.
    private func measuredPeriod(until stamp: MonotonicTime, _ sequence: UInt32) -> Int64? {
        guard let last else { return nil }
        let step = sequence &- last.sequence
        let time = stamp.nanoseconds(since: last.stamp)
        guard step > 0, step < 1 << 16, time > 0 else { return nil }
        let each = time / Int64(step)
        return each <= Self.longestPeriod ? each : nil
    }
}
