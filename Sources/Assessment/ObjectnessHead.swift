internal import RealModule
package import Regions

/// How probable it is that a region is one whole object, by its maps and by the other images of the same product.
///
/// Logistic regressions on a few measures of a region. What is compared is learned from the good images; the weights say
/// only how much each comparison counts. `Tools/selection` fits them to products that `Tools/scenes` draws and that share
/// nothing with any test category.
package struct ObjectnessHead: Sendable {
    /// By the maps alone.
    package let alone: LogOdds

    /// By the maps and by what recurs in the other images.
    package let first: LogOdds

    /// Once it is known what the other images' objects are.
    package let second: LogOdds

    package init(alone: LogOdds, first: LogOdds, second: LogOdds) {
        self.alone = alone
        self.first = first
        self.second = second
    }

    package static let aloneNames = ["object", "distance", "hasPieces", "isPiece"]
    package static let firstNames = [
        "object", "distance", "outerBorder", "hasPieces", "isPiece", "recurrence", "pieces", "parent", "holder",
        "straying",
        "joint", "loneliness",
    ]
    package static let secondNames = ["first", "objects", "contrast"]

    /// What the maps say of each region.
    package static func measures(of hierarchy: RegionHierarchy) -> [[Float]] {
        hierarchy.nodes.map { node in
            [node.meanObject, node.largestDistance, node.children == nil ? 0 : 1, node.parent == nil ? 0 : 1]
        }
    }

    /// What the maps and the other images say of each region: a whole recurs better than its pieces and than its parent; a
    /// piece of a whole that recurs does not; a region whose pieces keep their places may be several objects.
    package static func measures(of hierarchy: RegionHierarchy, evidence: RegionEvidence) -> [[Float]] {
        let nodes = hierarchy.nodes
        let recurrence = evidence.recurrence
        return nodes.indices.map { index in
            let node = nodes[index]
            let own = recurrence[index]
            var pieces: Float = 0
            if let children = node.children {
                let (first, second) = (Float(nodes[children.first].area), Float(nodes[children.second].area))
                pieces =
                    (first * recurrence[children.first] + second * recurrence[children.second]) / (first + second) - own
            }
            let holder = evidence.holders[index].map { Float.exp(-$0.recurrence / 0.15) } ?? 0
            let straying = evidence.holders[index].map { min($0.straying, 0.8) } ?? 0
            let joint =
                evidence.pieces[index].map { Float.exp(-max(0, $0.straying) / 0.1) * $0.halves.border } ?? 0
            return [
                node.meanObject, node.largestDistance, node.death, node.children == nil ? 0 : 1,
                node.parent == nil ? 0 : 1, own, pieces, node.parent.map { recurrence[$0] - own } ?? 0, holder,
                holder * straying, joint, evidence.loneliness[index],
            ]
        }
    }

    /// What is said of each region once the other images' objects are known: like an object, and more so than like anything
    /// that was seen there and is none.
    ///
    /// - Parameters:
    ///   - first: the log-odds of the first look.
    ///   - isObject: for each other image and each of its regions.
    package static func measures(
        _ first: [Float], others: [RegionUnlikeness], isObject: [[Bool]]
    ) -> [[Float]] {
        let share = 1 / Float(max(1, others.count))
        return first.indices.map { region in
            var objects: Float = 0
            var rest: Float = 0
            for (image, unlikeness) in others.enumerated() {
                objects += share * unlikeness.nearest(region) { isObject[image][$0] }
                rest += share * unlikeness.nearest(region) { !isObject[image][$0] }
            }
            return [first[region], objects, rest - objects]
        }
    }

    package static func probability(_ logOdds: Float) -> Float { 1 / (1 + Float.exp(-logOdds)) }
}
