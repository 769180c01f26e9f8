/// Counts the frames a driver numbered but never delivered.
package struct SequenceTracker: Sendable {
    private var last: UInt32?

    /// Numbers that repeated or went back, since the start.
    package private(set) var repeatCount = 0

    package init() {}

    /// How many numbers lie between the frame before and this one.
    ///
    /// Numbers wrap after 2³². A number that repeats or goes back by less than half the circle is a driver that
    /// starts again, not four thousand million lost frames.
    package mutating func lost(before sequence: UInt32) -> Int {
        defer { last = sequence }
        guard let last else { return 0 }
        let gap = sequence &- last &- 1
        guard gap < 1 << 31 else {
            repeatCount += 1
            return 0
        }
        return Int(gap)
    }
}
