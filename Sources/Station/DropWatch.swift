/// Tells once when messages begin to be given up, and once when none were for a while.
package struct DropWatch: Equatable, Sendable {
    package enum Turn: Equatable, Sendable {
        /// With how many were given up since the last look.
        case began(UInt64)

        /// With how many were given up in all meanwhile.
        case ended(UInt64)
    }

    private var last: UInt64 = 0

    /// What the counter stood at when it began; nil while nothing is given up.
    private var begunAt: UInt64?

    package init() {}

    /// - Parameter dropped: a counter that never falls.
    package mutating func look(at dropped: UInt64) -> Turn? {
        defer { last = dropped }
        if let begin = begunAt {
            guard dropped == last else { return nil }
            begunAt = nil
            return .ended(dropped - begin)
        }
        guard dropped > last else { return nil }
        begunAt = last
        return .began(dropped - last)
    }
}
