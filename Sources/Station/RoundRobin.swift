/// Whose turn it is: each look begins after the place that was served last, so that no place starves.
package struct RoundRobin: Equatable, Sendable {
    private var next = 0

    package init() {}

    /// All places in the order in which they are to be looked at now.
    package func order(of count: Int) -> [Int] {
        guard count > 0 else { return [] }
        let start = next % count
        return Array(start..<count) + Array(0..<start)
    }

    package mutating func served(_ place: Int) { next = place + 1 }
}
