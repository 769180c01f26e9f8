internal import Assessment
internal import Composition
package import Imaging
internal import LinearAlgebra
internal import Regions

/// Takes groups apart in all images as most of them show it: in some a box's own print parts it better than what lies
/// between two boxes, and no node is that box.
package struct GroupCuts {
    /// For each image the nodes that are objects, those that are cut included.
    package let nodes: [[Int]]

    /// For each image the pieces of the nodes that are cut.
    package let pieces: [[Int: [Mask]]]

    /// Its own borders are what part the group wrongly: they count where they hardly change what was laid over it.
    private static let leastAgreement = 0.8

    /// Two images may show the same by chance.
    private static let fewest = 3

    /// A piece that is more unlike the one that it was cut after is no such piece.
    private static let strangers: Float = 0.8

    /// Nil where fewer than three, or no more than half, of the images come apart alike, or one of the others cannot be
    /// cut as they are.
    ///
    /// - Parameters:
    ///   - groups: for each image the nodes that are objects, groups not taken apart.
    ///   - finer: the same with halves instead of groups.
    ///   - agree: whether all nodes of an image have partners in another, and the other way round.
    package init?(
        of groups: [[Int]], apart finer: [[Int]], in compared: ComparedScenes, centre: [Float],
        agree: (Int, Int) -> Bool
    ) {
        let images = Array(groups.indices)
        let alike = images.map { image in images.filter { $0 == image || agree(image, $0) } }
        guard let model = images.max(by: { alike[$0].count < alike[$1].count }), alike[model].count >= Self.fewest,
            2 * alike[model].count > images.count,
            finer[model] != groups[model]
        else { return nil }
        var nodes = finer
        var pieces: [[Int: [Mask]]] = images.map { _ in [:] }
        for image in images where !alike[model].contains(image) {
            guard let cuts = Self.cuts(of: groups, apart: finer, in: image, after: model, compared, centre: centre)
            else { return nil }
            nodes[image] = groups[image]
            pieces[image] = cuts
        }
        self.nodes = nodes
        self.pieces = pieces
    }

    private static func cuts(
        of groups: [[Int]], apart finer: [[Int]], in image: Int, after model: Int, _ compared: ComparedScenes,
        centre: [Float]
    ) -> [Int: [Mask]]? {
        guard let place = compared.others[model].firstIndex(of: image) else { return nil }
        let (scene, example) = (compared.scenes[image], compared.scenes[model])
        let isObject = compared.regions[image].isObject(selected: groups[image])
        var cuts: [Int: [Mask]] = [:]
        for group in groups[model] where !finer[model].contains(group) {
            let leaves = example.hierarchy.nodes[group].leaves
            let parts = finer[model].filter { leaves.contains(example.hierarchy.nodes[$0].leaves.lowerBound) }
                .map { example.hierarchy.mask(of: $0) }
            let partner = compared.unlikeness[model][place].likest(group) { isObject[$0] }
            guard let partner, let node = compared.regions[image].node(of: partner), cuts[node] == nil,
                let whole = scene.object(of: scene.hierarchy.mask(of: node)), !parts.isEmpty,
                let cut = SplitTransfer(from: example, pieces: parts, centre: centre).cut(
                    whole, in: scene, leastAgreement: leastAgreement),
                areAlike(cut, in: scene, parts, in: example, centre: centre)
            else { return nil }
            cuts[node] = cut
        }
        return cuts
    }

    private static func areAlike(
        _ cut: [Mask], in scene: Scene, _ parts: [Mask], in example: Scene, centre: [Float]
    ) -> Bool {
        func looks(_ masks: [Mask], in scene: Scene) -> [ComparableObject] {
            masks.compactMap { scene.object(of: $0) }.map { ComparableObject($0.descriptor, centre: centre) }
        }
        let (ones, others) = (looks(cut, in: scene), looks(parts, in: example))
        guard ones.count == others.count else { return false }
        let unlikeness = RegionUnlikeness(of: ones, to: others)
        return ones.indices.allSatisfy { unlikeness[first: $0, second: $0] < strangers }
    }
}
