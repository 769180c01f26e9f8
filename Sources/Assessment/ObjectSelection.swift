internal import RealModule
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
        return highest(of: isTaken, in: hierarchy)
    }

    /// A node that is less probably a whole object than this is none.
    package static let lowestProbability: Float = 0.25

    /// Between 0, where the gains of pieces add up, and 1, where their mean counts: a few good pieces outweigh a whole that
    /// is as good as one of them, and a heap of fair ones does not.
    package static let usualModeration: Float = 0.75

    /// Nodes that do not overlap: a node is preferred to the best choice of its pieces unless these gain more.
    ///
    /// What a node gains is how far its probability lies above the lowest; what n pieces gain together is their sum,
    /// divided by n to the power of the moderation.
    ///
    /// - Parameter probability: for each node, that it is one whole object; children come before their parents.
    package static func choose(
        from hierarchy: RegionHierarchy, probability: [Float], moderation: Float = usualModeration
    ) -> [Int] {
        let nodes = hierarchy.nodes
        var gain = [Float](repeating: 0, count: nodes.count)
        var count = [Int](repeating: 0, count: nodes.count)
        var isTaken = [Bool](repeating: false, count: nodes.count)
        for (index, node) in nodes.enumerated() {
            let pieces = node.parts.reduce(Float(0)) { $0 + gain[$1] }
            let pieceCount = node.parts.reduce(0) { $0 + count[$1] }
            let own = node.area >= hierarchy.minimumArea ? probability[index] - lowestProbability : 0
            isTaken[index] = own > 0 && own >= pieces / Float.pow(Float(max(pieceCount, 1)), moderation)
            gain[index] = isTaken[index] ? own : pieces
            count[index] = isTaken[index] ? 1 : pieceCount
        }
        return highest(of: isTaken, in: hierarchy)
    }

    /// From the roots down: the first taken node hides everything below it.
    private static func highest(of isTaken: [Bool], in hierarchy: RegionHierarchy) -> [Int] {
        let nodes = hierarchy.nodes
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
