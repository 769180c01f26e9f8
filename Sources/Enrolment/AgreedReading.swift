internal import Assessment
internal import LinearAlgebra
package import Matching
internal import Regions

/// Reads an image's hierarchy where it was cut in another way than the others' as they are read.
///
/// A bolt whose head a bright shank sets apart is chosen as a head in that image alone. Each choice of a node stands for
/// all that overlap it: the one is taken by which the image's objects together are likest to those of the other images.
package struct AgreedReading {
    private let compared: ComparedScenes

    package init(of compared: ComparedScenes) {
        self.compared = compared
    }

    /// Objects that differ by more than twice this have no counterpart.
    static let leaveCost: Float = 0.4

    /// What a change has to gain with each other image on average: about what a part that has none there costs.
    private static let leastGain: Float = 0.15

    /// An image is changed in so many places at most.
    private static let mostChanges = 8

    /// The same choice of nodes, with what the others show in place of some.
    package func refined(_ nodes: [[Int]]) throws(MatchingError) -> [[Int]] {
        guard compared.scenes.count > 2 else { return nodes }
        var nodes = nodes
        for image in nodes.indices where !compared.regions[image].isSettled {
            let others = compared.others[image].map { other in
                let isObject = compared.regions[other].isObject(selected: nodes[other])
                return isObject.indices.filter { isObject[$0] }
            }
            var best = (nodes: nodes[image], cost: try cost(of: nodes[image], in: image, others: others))
            for _ in 0..<Self.mostChanges {
                let before = best
                for changed in changes(of: before.nodes, in: image) {
                    let cost = try cost(of: changed, in: image, others: others)
                    if cost < best.cost, before.cost - cost >= Self.leastGain { best = (changed, cost) }
                }
                if best.nodes == before.nodes { break }
            }
            nodes[image] = best.nodes
        }
        return nodes
    }

    /// Each choice in which one node takes the place of all that share a leaf with it.
    private func changes(of nodes: [Int], in image: Int) -> [[Int]] {
        let hierarchy = compared.scenes[image].hierarchy
        let chosen = Set(nodes)
        return compared.scenes[image].plausibleNodes.filter { !chosen.contains($0) }.compactMap { node in
            let leaves = hierarchy.nodes[node].leaves
            let kept = nodes.filter { !hierarchy.nodes[$0].leaves.overlaps(leaves) }
            return kept.count < nodes.count ? (kept + [node]).sorted() : nil
        }
    }

    /// How unlike an image's objects are to those of the other images, on average.
    private func cost(of nodes: [Int], in image: Int, others: [[Int]]) throws(MatchingError) -> Float {
        var solver = AssignmentSolver()
        var sum: Float = 0
        for (place, objects) in others.enumerated() {
            let match = try compared.match(
                nodes, of: image, with: objects, ofOther: place, leaving: Self.leaveCost, using: &solver)
            sum += match.pairs.reduce(0) { $0 + $1.cost }
            sum += Self.leaveCost * Float(match.unmatchedRows.count + match.unmatchedColumns.count)
        }
        return sum / Float(max(others.count, 1))
    }
}

extension ComparedScenes {
    /// The nodes of an image matched with another image's regions by their looks.
    ///
    /// - Parameter place: of the other image among those that the image is compared with.
    func match(
        _ nodes: [Int], of image: Int, with regions: [Int], ofOther place: Int, leaving cost: Float,
        using solver: inout AssignmentSolver
    ) throws(MatchingError) -> Assignment {
        let values = unlikeness[image][place]
        var costs = Matrix(repeating: 0, rowCount: nodes.count, columnCount: regions.count)
        for (row, node) in nodes.enumerated() {
            for (column, region) in regions.enumerated() { costs[row, column] = values[first: node, second: region] }
        }
        return try PaddedAssignment(
            minimising: costs, unmatchedRows: [Float](repeating: cost, count: nodes.count),
            unmatchedColumns: [Float](repeating: cost, count: regions.count), with: &solver
        ).assignment
    }
}
