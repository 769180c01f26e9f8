internal import Composition
internal import Imaging
internal import Inference
internal import LinearAlgebra
package import Matching
package import SupportSets
internal import Verdicts

/// ObjectCore, sections 3.2 to 3.4 of the paper, on the objects that the support set has learned to see.
package struct ObjectCoreJudge: Sendable {
    /// γ of eq. 6 and σ of the map's Gaussian.
    private static let areaWeight: Float = 0.1
    private static let sigma: Float = 4

    private let set: SupportSet
    private let selector: LogicalJudge
    private let structural: BankSearch
    private let findingLimit: Float
    private let switches: JudgementSwitches

    package init(set: SupportSet, switches: JudgementSwitches = .standard) {
        self.set = set
        self.switches = switches
        selector = LogicalJudge(bank: set.logical, classes: set.classes)
        structural = BankSearch(set.structural.rows)
        findingLimit = set.manifest.calibration.methods[Method.objectcore.rawValue]?.findingLimit ?? 0
    }

    package func judge(_ scene: Scene, withMap: Bool = false) throws(MatchingError) -> Judgement {
        let nodes = selector.select(from: scene)
        var seen = scene.composition(of: nodes)
        let images = set.logical.images
        let nearest = ObjectCoreScene.nearest(
            to: scene.meanFeature,
            among: Matrix(
                rowCount: images.count, columnCount: scene.meanFeature.count, elements: images.flatMap(\.meanFeature)))
        var known = images[nearest].composition
        if switches.usesBoxes {
            seen = BoxedComposition.of(seen, in: scene.features)
            known = BoxedComposition.of(known, image: nearest, in: set.structural)
        }
        let costs = Self.scene(of: seen).costs(against: Self.scene(of: known), areaWeight: Self.areaWeight)
        let assignment = try Assignment(minimising: costs)

        var map =
            switches.branches == .logical
            ? AnomalyMap(size: scene.frameSize)
            : AnomalyMap(
                upsampling: StructuralSearch.everywhere(scene.features, in: structural),
                gridHeight: scene.features.height, gridWidth: scene.features.width, to: scene.frameSize)
        let findings = PairFindings(
            assignment: assignment, seen: seen, known: known, supportName: images[nearest].name,
            labels: images[nearest].objects.map(\.label),
            limit: findingLimit, frameSize: scene.frameSize
        ) { pair in
            CostParts(
                appearance: costs[pair.row, pair.column] - Self.areaWeight * Self.areaDifference(pair, seen, known),
                area: Self.areaDifference(pair, seen, known))
        }
        if switches.branches != .structural {
            map.add(
                assignment, queryMasks: seen.objects.map { $0.mask.scaled(to: scene.frameSize) },
                supportMasks: known.objects.map { $0.mask.scaled(to: scene.frameSize) })
        }
        map.blur(sigma: Self.sigma)
        var judgement = Judgement(
            score: map.topMean(fraction: switches.topFraction), nearest: nearest, objectsSeen: seen.objects.count,
            objectsExpected: known.objects.count, findings: findings.findings)
        if withMap { judgement.map = map }
        return judgement
    }

    private static func scene(of composition: Composition) -> ObjectCoreScene {
        ObjectCoreScene(
            representations: Matrix(
                rowCount: composition.objects.count, columnCount: composition.meanFeature.count,
                elements: composition.objects.flatMap(\.descriptor.representation)),
            areas: composition.objects.map(\.descriptor.area))
    }

    private static func areaDifference(
        _ pair: Assignment.Pair, _ seen: Composition, _ known: Composition
    ) -> Float {
        abs(seen.objects[pair.row].descriptor.area - known.objects[pair.column].descriptor.area)
    }
}
