/// Where two regions touch.
package struct RegionBorder: Equatable, Sendable {
    /// The labels of the regions, the smaller first.
    package let first: Int32
    package let second: Int32

    /// The lowest boundary probability along the common border, each step over it counting with the larger of its two
    /// pixels: the ends of a border across a thin part always lie on the true outline, so the mean would say little.
    package internal(set) var weakest: Float

    package init(first: Int32, second: Int32, weakest: Float) {
        self.first = first
        self.second = second
        self.weakest = weakest
    }

    /// Weakest first; borders of equal strength by their labels, so that the order never depends on anything else.
    static func isWeaker(_ left: RegionBorder, _ right: RegionBorder) -> Bool {
        if left.weakest != right.weakest { return left.weakest < right.weakest }
        return (left.first, left.second) < (right.first, right.second)
    }
}
