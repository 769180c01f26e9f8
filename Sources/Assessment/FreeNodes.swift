internal import Composition
internal import Imaging
internal import Regions

/// The nodes of a hierarchy that share no leaf with the nodes already taken.
struct FreeNodes {
    private let hierarchy: RegionHierarchy
    private(set) var nodes: [Int]

    init(hierarchy: RegionHierarchy, taken: [Int]) {
        self.hierarchy = hierarchy
        nodes = hierarchy.nodes.indices.filter { hierarchy.nodes[$0].area >= hierarchy.minimumArea }
        for node in taken { take(node) }
    }

    mutating func take(_ node: Int) {
        let leaves = hierarchy.nodes[node].leaves
        nodes.removeAll { hierarchy.nodes[$0].leaves.overlaps(leaves) }
    }

    func isFree(_ node: Int) -> Bool {
        nodes.contains(node)
    }

    /// The most pairs that are tried as one object.
    private static let mostPairs = 32

    /// Pairs of free nodes that lie close together and have about the given area, the nearest to it first.
    ///
    /// - Parameter area: as a part of the picture's.
    func pairs(ofArea area: Float) -> [(first: Int, second: Int)] {
        let wanted = area * Float(hierarchy.size.pixelCount)
        let small = nodes.filter { Float(hierarchy.nodes[$0].area) < wanted }
        var pairs: [(first: Int, second: Int, difference: Float)] = []
        for (index, first) in small.enumerated() {
            let one = hierarchy.nodes[first]
            for second in small[(index + 1)...] {
                let other = hierarchy.nodes[second]
                let difference = abs(Float(one.area + other.area) - wanted)
                guard 4 * difference <= wanted, !one.leaves.overlaps(other.leaves), areClose(one, other) else {
                    continue
                }
                pairs.append((first, second, difference))
            }
        }
        return pairs.sorted { $0.difference < $1.difference }.prefix(Self.mostPairs).map { ($0.first, $0.second) }
    }

    /// The gap between their boxes is no wider than half of what the smaller one measures.
    private func areClose(_ one: RegionNode, _ other: RegionNode) -> Bool {
        let (first, second) = (one.box, other.box)
        let gapX = max(first.x, second.x) - min(first.maxX, second.maxX)
        let gapY = max(first.y, second.y) - min(first.maxY, second.maxY)
        let reach = min(max(first.width, first.height), max(second.width, second.height))
        return 2 * max(gapX, gapY) <= reach
    }
}
