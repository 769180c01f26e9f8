/// Counts the frames a driver numbered but never delivered.
package struct SequenceTracker: Sendable {
    private var last: UInt32?

    package init() {}

    /// How many numbers lie between the frame before and this one.
    ///
    /// Numbers wrap after 2³². A number that repeats or goes back by less than half the circle is a driver that
    /// starts again, not four thousand million lost frames.
    package mutating func lost(before sequence: UInt32) -> Int {
        defer { last = sequence }
        guard let last else { return 0 }
        let gap = sequence &- last &- 1
        return gap < 1 << 31 ? Int(gap) : 0
    }
}
