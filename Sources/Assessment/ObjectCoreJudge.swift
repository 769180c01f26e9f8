internal import Composition
internal import Imaging
internal import LinearAlgebra
package import Matching
package import SupportSets
internal import Verdicts

/// ObjectCore, sections 3.2 to 3.4 of the paper, on the objects that the support set has learned to see.
package struct ObjectCoreJudge: Sendable {
    /// γ of eq. 6, σ of the map's Gaussian and the share of its pixels that the score rests on.
    private static let areaWeight: Float = 0.1
    private static let sigma: Float = 4
    private static let topFraction = 0.01

    private let set: SupportSet
    private let selector: LogicalJudge
    private let findingLimit: Float

    package init(set: SupportSet) {
        self.set = set
        selector = LogicalJudge(bank: set.logical)
        findingLimit = set.manifest.calibration.methods[Method.objectcore.rawValue]?.findingLimit ?? 0
    }

    package func judge(_ scene: Scene) throws(MatchingError) -> Judgement {
        let nodes = selector.select(from: scene)
        let seen = scene.composition(of: nodes)
        let nearest = nearestImage(to: scene.meanFeature)
        let known = set.logical.images[nearest].composition
        let costs = Self.costs(seen, known)
        let assignment = try Assignment(minimising: costs)

        var map = AnomalyMap(
            upsampling: distances(of: scene), gridHeight: scene.features.height, gridWidth: scene.features.width,
            to: scene.frameSize)
        let findings = PairFindings(
            assignment: assignment, seen: seen, known: known, supportName: set.logical.images[nearest].name,
            limit: findingLimit, frameSize: scene.frameSize
        ) { pair in
            CostParts(
                appearance: costs[pair.row, pair.column] - Self.areaWeight * Self.areaDifference(pair, seen, known),
                area: Self.areaDifference(pair, seen, known))
        }
        for pair in assignment.pairs { map.add(pair.cost, on: seen.objects[pair.row].mask.scaled(to: scene.frameSize)) }
        for row in assignment.unmatchedRows { map.add(1, on: seen.objects[row].mask.scaled(to: scene.frameSize)) }
        for column in assignment.unmatchedColumns {
            map.add(1, on: known.objects[column].mask.scaled(to: scene.frameSize))
        }
        map = map.blurred(sigma: Self.sigma)
        return Judgement(
            score: map.topMean(fraction: Self.topFraction), nearest: nearest, objectsSeen: seen.objects.count,
            objectsExpected: known.objects.count, findings: findings.findings)
    }

    /// The support image whose `f̄` is nearest by cosine distance.
    private func nearestImage(to meanFeature: [Float]) -> Int {
        let query = Matrix(rowCount: 1, columnCount: meanFeature.count, elements: meanFeature)
        let bank = Matrix(
            rowCount: set.logical.images.count, columnCount: meanFeature.count,
            elements: set.logical.images.flatMap(\.meanFeature))
        let distances = PairwiseDistances.cosine(query, bank)
        return set.logical.images.indices.min { distances[0, $0] < distances[0, $1] } ?? 0
    }

    /// Eq. 6: cosine distance of the representations plus γ times the difference of the areas.
    private static func costs(_ seen: Composition, _ known: Composition) -> Matrix {
        let width = seen.meanFeature.count
        func rows(_ composition: Composition) -> Matrix {
            Matrix(
                rowCount: composition.objects.count, columnCount: width,
                elements: composition.objects.flatMap(\.descriptor.representation))
        }
        var costs = PairwiseDistances.cosine(rows(seen), rows(known))
        for row in 0..<costs.rowCount {
            for column in 0..<costs.columnCount {
                let difference = seen.objects[row].descriptor.area - known.objects[column].descriptor.area
                costs[row, column] += areaWeight * abs(difference)
            }
        }
        return costs
    }

    private static func areaDifference(
        _ pair: Assignment.Pair, _ seen: Composition, _ known: Composition
    ) -> Float {
        abs(seen.objects[pair.row].descriptor.area - known.objects[pair.column].descriptor.area)
    }

    /// Eq. 4: each patch's smallest cosine distance to any patch of `M_S`.
    private func distances(of scene: Scene) -> [Float] {
        var queries = Matrix(
            rowCount: scene.features.cellCount, columnCount: scene.features.channelCount,
            elements: scene.features.values)
        queries.normaliseRows()
        return unsafe set.structural.rows.withElements { elements in
            var finder = NearestRows()
            return unsafe finder.distances(from: queries, to: elements)
        }
    }
}
