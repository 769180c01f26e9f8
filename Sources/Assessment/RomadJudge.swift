internal import Composition
internal import Imaging
internal import LinearAlgebra
package import Matching
package import SupportSets
internal import Verdicts

/// ROMAD, sections 4.2 and 4.3 of the paper, with mean features under the masks where the bundle has no queries.
package struct RomadJudge: Sendable {
    private let set: SupportSet
    private let selector: LogicalJudge
    private let bank: RomadBank
    private let findingLimit: Float
    private let switches: JudgementSwitches

    package init(set: SupportSet, switches: JudgementSwitches = .standard) throws(MatchingError) {
        self.set = set
        self.switches = switches
        selector = LogicalJudge(bank: set.logical, classes: set.classes)
        let frame = set.manifest.preprocessing.imageSize
        bank = try RomadBank(
            scenes: set.logical.images.map {
                Self.scene(
                    of: $0.composition, width: frame.width, height: frame.height, hasContext: switches.romadUsesContext)
            }, areaWeight: switches.romadAreaWeight, leftOver: switches.romadTakesCheapest ? .cheapest : .dearest)
        findingLimit = set.manifest.calibration.methods[Method.romad.rawValue]?.findingLimit ?? 0
    }

    package func judge(_ scene: Scene, withMap: Bool = false) throws(MatchingError) -> Judgement {
        let nodes = selector.select(from: scene)
        let seen = scene.composition(of: nodes)
        let query = Self.scene(
            of: seen, width: scene.frameSize.width, height: scene.frameSize.height,
            hasContext: switches.romadUsesContext)
        var solver = AssignmentSolver()
        let score = try bank.score(of: query, with: &solver)
        let nearest = score.nearest[0]
        let known = set.logical.images[nearest].composition
        let findings = PairFindings(
            assignment: score.comparisons[nearest].assignment, seen: seen, known: known,
            supportName: set.logical.images[nearest].name,
            labels: set.logical.images[nearest].objects.map(\.label), limit: findingLimit,
            unmatchedCost: bank.costWithoutOtherSide, frameSize: scene.frameSize
        ) { pair in
            let areas = (query.areas[pair.row], bank.scenes[nearest].areas[pair.column])
            let sum = areas.0 + areas.1
            let area = sum > 0 ? bank.areaWeight * abs(areas.0 - areas.1) / sum : 0
            return CostParts(appearance: max(0, pair.cost - area), area: area)
        }
        var judgement = Judgement(
            score: Float(score.value), nearest: nearest, objectsSeen: seen.objects.count,
            objectsExpected: known.objects.count, findings: findings.findings)
        if withMap {
            judgement.map = map(of: seen, query, against: nearest, score.comparisons[nearest].assignment, scene)
        }
        return judgement
    }

    /// Each object carries what it adds to the distance; the paper has no map of its own.
    private func map(
        of seen: Composition, _ query: RomadScene, against nearest: Int, _ assignment: Assignment, _ scene: Scene
    ) -> AnomalyMap {
        let known = set.logical.images[nearest].composition
        let costs = query.costs(against: bank.scenes[nearest], areaWeight: bank.areaWeight)
        var map = AnomalyMap(size: scene.frameSize)
        for pair in assignment.pairs {
            map.add(pair.cost, on: seen.objects[pair.row].mask.scaled(to: scene.frameSize))
        }
        for row in assignment.unmatchedRows {
            let cost = (0..<costs.columnCount).map { costs[row, $0] }.max() ?? bank.costWithoutOtherSide
            map.add(cost, on: seen.objects[row].mask.scaled(to: scene.frameSize))
        }
        for column in assignment.unmatchedColumns {
            let cost = (0..<costs.rowCount).map { costs[$0, column] }.max() ?? bank.costWithoutOtherSide
            map.add(cost, on: known.objects[column].mask.scaled(to: scene.frameSize))
        }
        map.blur(sigma: 4)
        return map
    }

    /// Centres and areas in pixels of the frame, as the paper has them.
    private static func scene(
        of composition: Composition, width: Int, height: Int, hasContext: Bool
    ) -> RomadScene {
        let descriptors = composition.objects.map(\.descriptor)
        return RomadScene(
            embeddings: Matrix(
                rowCount: descriptors.count, columnCount: composition.meanFeature.count,
                elements: descriptors.flatMap(\.representation)),
            centres: composition.objects.map { object in
                let box = object.mask.box
                let grid = object.mask.grid
                return SIMD2(
                    (Float(box.x) + Float(box.width) / 2) * Float(width) / Float(grid.width),
                    (Float(box.y) + Float(box.height) / 2) * Float(height) / Float(grid.height))
            },
            areas: descriptors.map { $0.area * Float(width * height) }, hasContext: hasContext)
    }
}
