internal import Composition
package import Regions

/// Chooses which nodes of a hierarchy are the objects of an image.
package enum ObjectSelection {
    /// A node below this quality is no object.
    package static let lowestQuality: Float = 0.3

    /// Parts that always come together are one object: a whole may be this much worse than its parts.
    private static let parentPreference: Float = 1.15

    /// How a node's own look and its likeness to a known object (0...1) make its quality.
    package static func quality(objectness: Float, likeness: Float) -> Float {
        objectness.squareRoot() * (0.3 + 0.7 * likeness)
    }

    /// Nodes that do not overlap: a node is preferred to its parts when its quality is above theirs on average.
    ///
    /// - Parameter quality: one value for each node; children come before their parents.
    package static func choose(from hierarchy: RegionHierarchy, quality: [Float]) -> [Int] {
        let nodes = hierarchy.nodes
        var best = [Float](repeating: 0, count: nodes.count)
        var covered = [Float](repeating: 0, count: nodes.count)
        var isTaken = [Bool](repeating: false, count: nodes.count)
        for (index, node) in nodes.enumerated() {
            var value: Float = 0
            var area: Float = 0
            var lost: Float = 0
            for child in node.parts {
                value += best[child] * covered[child]
                area += covered[child]
                lost += Float(nodes[child].area) - covered[child]
            }
            let partsQuality = area > 0 ? value / (area + 0.5 * lost) : 0
            let own = node.area >= hierarchy.minimumArea && quality[index] >= lowestQuality ? quality[index] : 0
            if own > 0 && own * parentPreference >= partsQuality {
                isTaken[index] = true
                best[index] = own
                covered[index] = Float(node.area)
            } else {
                best[index] = area > 0 ? value / area : 0
                covered[index] = area
            }
        }
        // From the roots down: the first taken node hides everything below it.
        var chosen: [Int] = []
        var pending = nodes.indices.filter { nodes[$0].parent == nil }
        while let index = pending.popLast() {
            if isTaken[index] {
                chosen.append(index)
            } else {
                pending += nodes[index].parts
            }
        }
        return chosen.sorted()
    }
}

extension RegionNode {
    fileprivate var parts: [Int] { children.map { [$0.first, $0.second] } ?? [] }
}
