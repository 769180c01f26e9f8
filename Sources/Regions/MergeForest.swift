/// The order in which regions join into larger ones, weakest common border first.
///
/// Nodes `0..<leafCount` are the regions themselves, ordered so that every node holds a contiguous range of them; the
/// joins follow in the order in which they happen, children before parents. As a border is as weak as its weakest
/// step, the weakest border of a joined pair is the weaker of the two, and the whole is single linkage: one pass over
/// the sorted borders.
package struct MergeForest: Sendable {
    package struct Join: Equatable, Sendable {
        /// The nodes that are joined.
        package let first: Int
        package let second: Int

        /// The strength of the border that the join gives up; never less than that of an earlier join.
        package let strength: Float
    }

    package let leafCount: Int
    package let joins: [Join]

    /// The regions each node holds.
    package let leaves: [Range<Int>]

    /// The node that each node is joined into.
    package let parents: [Int?]

    /// For label `l` of the regions, `leafOfLabel[l - 1]` is its leaf.
    package let leafOfLabel: [Int]

    /// - Precondition: labels lie in `1...leafCount` and the borders are sorted.
    package init(joining borders: [RegionBorder], leafCount: Int) {
        var tops = Array(0..<leafCount)
        var children: [(first: Int, second: Int, strength: Float)] = []
        var parents = [Int?](repeating: nil, count: leafCount)
        tops.reserveCapacity(2 * leafCount)

        func top(of node: Int) -> Int {
            var node = node
            while tops[node] != node {
                tops[node] = tops[tops[node]]
                node = tops[node]
            }
            return node
        }
        for border in borders {
            let first = top(of: Int(border.first) - 1)
            let second = top(of: Int(border.second) - 1)
            guard first != second else { continue }
            let node = leafCount + children.count
            children.append((min(first, second), max(first, second), border.weakest))
            tops[first] = node
            tops[second] = node
            tops.append(node)
            parents[first] = node
            parents[second] = node
            parents.append(nil)
        }

        // Depth first from every root: leaves get their places in the order in which they are met.
        var leafOfLabel = [Int](repeating: -1, count: leafCount)
        var waiting: [Int] = []
        var placed = 0
        for root in parents.indices where parents[root] == nil {
            waiting.append(root)
            while let node = waiting.popLast() {
                if node < leafCount {
                    leafOfLabel[node] = placed
                    placed += 1
                } else {
                    waiting.append(children[node - leafCount].second)
                    waiting.append(children[node - leafCount].first)
                }
            }
        }

        var leaves = (0..<leafCount).map { $0..<($0 + 1) }
        func renamed(_ node: Int) -> Int { node < leafCount ? leafOfLabel[node] : node }
        let joins = children.map { Join(first: renamed($0.first), second: renamed($0.second), strength: $0.strength) }
        for join in joins { leaves.append(leaves[join.first].lowerBound..<leaves[join.second].upperBound) }
        var renamedParents = parents
        for label in 0..<leafCount { renamedParents[leafOfLabel[label]] = parents[label] }

        self.leafCount = leafCount
        self.joins = joins
        self.leaves = leaves
        self.parents = renamedParents
        self.leafOfLabel = leafOfLabel
    }
}
