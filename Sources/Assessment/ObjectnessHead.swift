internal import RealModule
package import Regions

/// How probable it is that a region is one whole object, by its maps and by the other images of the same product.
///
/// Two logistic regressions on a few measures of a region. What is compared is learned from the good images; the weights
/// say only how much each comparison counts. They were fitted on products of `Tools/scenes`, half a dozen pictures each,
/// which share nothing with any test category.
package struct ObjectnessHead: Sendable {
    /// What the other images' regions say of each region: how unlike it is to the likest one, on average over the images;
    /// nil where there is no other image.
    package static func recurrence(of regionCount: Int, in others: [RegionUnlikeness]) -> [Float]? {
        guard !others.isEmpty else { return nil }
        return (0..<regionCount).map { region in
            others.reduce(Float(0)) { $0 + $1.nearest(region) { _ in true } } / Float(others.count)
        }
    }

    /// Log-odds by the maps, and by what recurs: a whole that recurs better than its pieces and than what holds it.
    package static func firstLook(at hierarchy: RegionHierarchy, recurrence: [Float]?) -> [Float] {
        let nodes = hierarchy.nodes
        return nodes.indices.map { index in
            let node = nodes[index]
            let own = recurrence?[index] ?? usualRecurrence
            var pieces: Float = 0
            if let children = node.children, let recurrence {
                let (first, second) = (Float(nodes[children.first].area), Float(nodes[children.second].area))
                pieces =
                    (first * recurrence[children.first] + second * recurrence[children.second]) / (first + second) - own
            }
            let holder = node.parent.flatMap { recurrence?[$0] }.map { $0 - own } ?? 0
            return First.bias + First.object * node.meanObject + First.distance * node.largestDistance
                + First.recurrence * own + First.hasPieces * (node.children == nil ? 0 : 1) + First.pieces * pieces
                + First.holder * holder + First.isPiece * (node.parent == nil ? 0 : 1)
        }
    }

    /// Log-odds once it is known what the other images' objects are: like an object, and more so than like anything that
    /// was seen there and is none.
    ///
    /// - Parameter isObject: for each other image and each of its regions.
    package static func secondLook(_ first: [Float], others: [RegionUnlikeness], isObject: [[Bool]]) -> [Float] {
        guard !others.isEmpty else { return first }
        let share = 1 / Float(others.count)
        return first.indices.map { region in
            var objects: Float = 0
            var rest: Float = 0
            for (image, unlikeness) in others.enumerated() {
                objects += share * unlikeness.nearest(region) { isObject[image][$0] }
                rest += share * unlikeness.nearest(region) { !isObject[image][$0] }
            }
            return Second.bias + Second.first * first[region] + Second.objects * objects
                + Second.contrast * (rest - objects)
        }
    }

    package static func probability(_ logOdds: Float) -> Float { 1 / (1 + Float.exp(-logOdds)) }

    /// What regions of good images differ by from the likest in another, for want of another image.
    private static let usualRecurrence: Float = 0.35

    private enum First {
        static let bias: Float = -8.34
        static let object: Float = 10.9
        static let distance: Float = 1.93
        static let recurrence: Float = -3.68
        static let hasPieces: Float = -1.62
        static let pieces: Float = 12.2
        static let holder: Float = 9.28
        static let isPiece: Float = -2.75
    }

    private enum Second {
        static let bias: Float = 1.29
        static let first: Float = 0.588
        static let objects: Float = -2.78
        static let contrast: Float = 2.53
    }
}
