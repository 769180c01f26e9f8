package import Regions

/// The two regions that a region is joined from, crumbs left out.
package struct RegionHalves: Equatable, Sendable {
    /// The larger one.
    package let first: Int
    package let second: Int

    /// The strength of the border between them, 0...1.
    package let border: Float

    /// The smaller one's area as a part of the larger one's.
    package let share: Float
}

extension RegionHierarchy {
    /// A piece with less than this part of a region's area is a crumb.
    private static var crumb: Float { 0.1 }

    /// Where a region comes apart first but for crumbs; nil where it does not.
    package func halves(of node: Int) -> RegionHalves? {
        var node = node
        while let children = nodes[node].children {
            let isFirstLarger = nodes[children.first].area >= nodes[children.second].area
            let (larger, smaller) =
                isFirstLarger ? (children.first, children.second) : (children.second, children.first)
            if Float(nodes[smaller].area) >= Self.crumb * Float(nodes[node].area) {
                return RegionHalves(
                    first: larger, second: smaller, border: nodes[node].birth,
                    share: Float(nodes[smaller].area) / Float(nodes[larger].area))
            }
            node = larger
        }
        return nil
    }
}
