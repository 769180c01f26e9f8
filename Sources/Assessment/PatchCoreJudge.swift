internal import Composition
internal import Imaging
internal import Inference
internal import LinearAlgebra
internal import Matching
internal import SupportSets
internal import Verdicts

/// The structural bank alone: each patch's distance to the nearest of all good patches, as PatchCore has it without its
/// sub-sampling. It knows no objects, so it explains nothing.
struct PatchCoreJudge: Sendable {
    private static let sigma: Float = 4
    private static let topFraction = 0.01

    private let set: SupportSet
    private let structural: BankSearch

    init(set: SupportSet) {
        self.set = set
        structural = BankSearch(set.structural.rows)
    }

    func judge(_ scene: Scene, withMap: Bool) -> Judgement {
        var map = AnomalyMap(
            upsampling: StructuralSearch.everywhere(scene.features, in: structural),
            gridHeight: scene.features.height, gridWidth: scene.features.width, to: scene.frameSize)
        map.blur(sigma: Self.sigma)
        let images = set.logical.images
        let nearest = ObjectCoreScene.nearest(
            to: scene.meanFeature,
            among: Matrix(
                rowCount: images.count, columnCount: scene.meanFeature.count, elements: images.flatMap(\.meanFeature)))
        var judgement = Judgement(
            score: map.topMean(fraction: Self.topFraction), nearest: nearest, objectsSeen: 0, objectsExpected: 0,
            findings: [])
        if withMap { judgement.map = map }
        return judgement
    }
}
