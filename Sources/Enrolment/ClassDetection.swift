internal import Assessment
internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets

/// What a class head finds in a scene: regions that do not overlap, each with its class.
struct ClassDetection {
    let image: SettledImage

    init(in scene: Scene, by head: ClassHead) {
        let probabilities = scene.candidates.map { head.probabilities(of: $0) }
        let nodes = ObjectSelection.choose(
            from: scene.hierarchy, quality: probabilities.map { 1 - ($0.last ?? 1) })
        image = SettledImage(
            objects: nodes.enumerated().map { index, node in
                let name = head.likeliest(in: probabilities[node]).map { head.names[$0.index] }
                return SettledObject(
                    mask: scene.hierarchy.mask(of: node), label: ObjectLabel(id: "\(index + 1)", name: name))
            })
    }
}
