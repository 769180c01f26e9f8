/// The most recent durations of a step, for percentiles; a ring of fixed size.
package struct RecentDurations: Equatable, Sendable {
    private let capacity: Int
    private var ring: [Duration] = []
    private var oldest = 0

    package init(capacity: Int = 512) {
        precondition(capacity > 0)
        self.capacity = capacity
    }

    package mutating func add(_ duration: Duration) {
        if ring.count < capacity {
            ring.append(duration)
        } else {
            ring[oldest] = duration
            oldest = (oldest + 1) % capacity
        }
    }

    /// The smallest duration that is at least as long as the given share of all (nearest rank); nil when empty.
    package func percentiles(_ shares: [Double]) -> [Duration]? {
        guard !ring.isEmpty else { return nil }
        let sorted = ring.sorted()
        return shares.map { share in
            let rank = (share * Double(sorted.count)).rounded(.up)
            return sorted[min(sorted.count, max(1, Int(rank))) - 1]
        }
    }
}
