internal import Composition
internal import LinearAlgebra
package import Matching
internal import Regions
internal import RealModule
package import SupportSets

/// Compares a scene's objects with every support image, with costs calibrated on the good images themselves.
package struct LogicalJudge: Sendable {
    package let bank: LogicalBank
    private let objects: [[ComparableObject]]
    private let clutter: [ComparableObject]
    let kinds: ObjectKinds
    private let places: KnownPlaces

    /// The deviation of an object without a counterpart: `−ln(1 − 0.8)`.
    package static let absence: Float = 1.609

    /// No pair deviates by more.
    private static let farthest: Float = 3

    /// In the assignment, two objects that differ by more than twice this stay without partners.
    private static let leaveCost: Float = 0.4

    private let partsJoins: Bool

    /// So many objects the fullest good image holds.
    let mostObjects: Int

    /// - Parameter classes: what tells the objects' classes apart, where any were annotated.
    package init(bank: LogicalBank, classes: ClassHead? = nil, switches: JudgementSwitches = .standard) {
        self.bank = bank
        objects = bank.images.map { image in
            image.objects.map { ComparableObject($0.object.descriptor, centre: bank.centre) }
        }
        kinds = ObjectKinds(bank: bank, objects: objects, classes: classes, usesLines: switches.usesLines)
        partsJoins = switches.partsJoins
        mostObjects = bank.images.map(\.objects.count).max() ?? 0
        places = KnownPlaces(bank: bank, objects: objects)
        clutter = bank.images.flatMap { image in
            image.clutter.map { ComparableObject($0, centre: bank.centre) }
        }
    }

    /// The nodes of a scene's hierarchy that are objects.
    package func select(from scene: Scene) -> [Int] {
        select(from: scene, comparables: scene.candidates.map { ComparableObject($0, centre: bank.centre) })
    }

    /// The nodes of a hierarchy that are objects, each known object being looked for among all of them.
    package func select(from scene: Scene, comparables: [ComparableObject]) -> [Int] {
        let quality = quality(of: comparables, looks: kinds.table(of: comparables))
        return ObjectSelection.choose(from: scene.hierarchy, quality: quality)
    }

    private func quality(of comparables: [ComparableObject], looks: LookTable) -> [Float] {
        var quality: [Float] = []
        for node in comparables.indices {
            let position = comparables[node].position
            var likeness: Float = 0
            for image in objects.indices {
                for object in kinds.indices[image].indices {
                    let weight = places.weight(image: image, object: object)
                    guard weight > 0 else { continue }
                    var distances = looks.distances(node, kind: kinds.indices[image][object])
                    distances[CostPart.position.rawValue] = PartDistances.position(
                        position, places.position(image: image, object: object))
                    let cost = CalibratedCost.total(scaled: distances * places.inverse(image: image, object: object))
                    likeness = max(likeness, (1 - cost) * (0.6 + 0.4 * weight))
                }
            }
            quality.append(
                ObjectSelection.quality(
                    objectness: comparables[node].descriptor.objectness, likeness: likeness))
        }
        return quality
    }

    package func judge(_ scene: Scene) throws(MatchingError) -> LogicalJudgement {
        let plain = scene.candidates.map { ComparableObject($0, centre: bank.centre) }
        var looks = kinds.table(of: plain)
        let quality = quality(of: plain, looks: looks)
        var regions = SceneRegions(of: scene)
        var nodes = ObjectSelection.choose(from: scene.hierarchy, quality: quality)
        if partsJoins { nodes = parted(nodes, in: scene, regions: &regions, looks: &looks) }
        let found = nodes.map(regions.object)
        let seen = (places.hasSurroundings ? scene.composition(of: found).objects : found).map {
            ComparableObject($0.descriptor, centre: bank.centre)
        }
        let surroundings = places.surroundings(of: seen)
        var best = LogicalJudgement(
            score: .infinity, nearest: 0, nodes: nodes, differences: [], regions: regions,
            quality: [], shift: .zero, looks: looks,
            kinds: [])
        for image in bank.images.indices {
            let candidate = try compare(
                seen, surroundings: surroundings, nodes: nodes, with: image, scene: scene, all: plain, regions: regions,
                looks: looks)
            if candidate.score < best.score { best = candidate }
        }
        best.quality = quality
        return best
    }

    /// The judgement against one support image.
    private func compare(
        _ seen: [ComparableObject], surroundings: Matrix?, nodes: [Int], with image: Int, scene: Scene,
        all: [ComparableObject], regions: SceneRegions, looks: LookTable
    ) throws(MatchingError) -> LogicalJudgement {
        let known = bank.images[image].objects
        var nodes = nodes
        var shift = SIMD2<Float>.zero
        let positions = seen.map(\.position)
        var assignment = try assign(positions, surroundings, nodes: nodes, image: image, shift: shift, looks: looks)
        let pairs = assignment.pairs.map { pair in
            (seen: positions[pair.row], known: places.position(image: image, object: pair.column))
        }
        shift = Alignment.shift(pairs: pairs)
        if shift != .zero {
            assignment = try assign(positions, surroundings, nodes: nodes, image: image, shift: shift, looks: looks)
        }

        var differences: [Difference] = []
        for pair in assignment.pairs {
            let match = slot(
                positions[pair.row] + shift, row: pair.row, of: surroundings, node: nodes[pair.row], image: image,
                object: pair.column, looks: looks)
            // As far as the known object is not sure to be one, the seen one has no counterpart.
            let weight = known[pair.column].weight
            var deviation = weight * match.deviation
            if weight < 1 {
                deviation.main +=
                    (1 - weight) * min(match.deviation.main, Self.absence) * strangeness(of: seen[pair.row])
            }
            differences.append(
                Difference(seen: pair.row, known: pair.column, pair: deviation, parts: match.parts))
        }
        // Before an object is called missing it is looked for among everything that nothing else accounts for, the
        // likest first: one node, or else two that lie together.
        var free = FreeNodes(
            hierarchy: scene.hierarchy, taken: assignment.pairs.flatMap { regions.nodes(of: nodes[$0.row]) })
        var regions = regions
        var looks = looks
        var missing: [Int] = []
        let open = assignment.unmatchedColumns.flatMap { column in
            free.nodes.map { node in
                (
                    column: column, node: node,
                    match: slot(
                        all[node].position + shift, of: surroundings, node: node, image: image, object: column,
                        looks: looks)
                )
            }
        }.filter { $0.match.cost < 2 * Self.leaveCost }.sorted { $0.match.cost < $1.match.cost }
        var found: Set<Int> = []
        for offer in open where !found.contains(offer.column) && free.isFree(offer.node) {
            free.take(offer.node)
            found.insert(offer.column)
            differences.append(
                Difference(
                    seen: nodes.count, known: offer.column,
                    pair: known[offer.column].weight * offer.match.deviation,
                    parts: offer.match.parts))
            nodes.append(offer.node)
        }
        for column in assignment.unmatchedColumns where !found.contains(column) {
            let pairs = free.pairs(ofArea: known[column].object.descriptor.area)
            let joins = pairs.map {
                ComparableObject(
                    scene.candidates[$0.first].joined(with: scene.candidates[$0.second]), centre: bank.centre)
            }
            let table = kinds.table(of: joins)
            let best = joins.indices.map {
                (
                    $0,
                    slot(
                        joins[$0].position + shift, of: surroundings, node: $0, image: image, object: column,
                        looks: table)
                )
            }.min { $0.1.cost < $1.1.cost }
            guard let (index, match) = best, match.cost < 2 * Self.leaveCost else {
                missing.append(column)
                continue
            }
            free.take(pairs[index].first)
            free.take(pairs[index].second)
            differences.append(
                Difference(
                    seen: nodes.count, known: column,
                    pair: known[column].weight * match.deviation, parts: match.parts))
            nodes.append(
                regions.join(
                    [pairs[index].first, pairs[index].second], descriptor: joins[index].descriptor,
                    confidence: 1 - match.cost))
            looks.append(index, of: table)
        }
        for column in missing {
            differences.append(
                Difference(seen: nil, known: column, deviation: Self.absence * known[column].weight))
        }
        for row in assignment.unmatchedRows where regions.nodes(of: nodes[row]).allSatisfy(free.isFree) {
            differences.append(
                Difference(seen: row, known: nil, deviation: Self.absence * strangeness(of: seen[row])))
        }
        differences.sort { $0.deviation > $1.deviation }
        return LogicalJudgement(
            score: Self.score(differences.lazy.map(\.deviation)), nearest: image, nodes: nodes,
            differences: differences,
            regions: regions, quality: [], shift: shift, looks: looks, kinds: kinds.indices[image])
    }

    private func assign(
        _ seen: [SIMD2<Float>], _ surroundings: Matrix?, nodes: [Int], image: Int, shift: SIMD2<Float>, looks: LookTable
    ) throws(MatchingError) -> Assignment {
        let columns = objects[image].count
        var costs = Matrix(repeating: 0, rowCount: seen.count, columnCount: columns)
        for row in seen.indices {
            for column in 0..<columns {
                let distances = distances(
                    seen[row] + shift, row: row, of: surroundings, node: nodes[row], image: image, object: column,
                    looks: looks)
                costs[row, column] = CalibratedCost.total(
                    scaled: distances * places.inverse(image: image, object: column))
            }
        }
        var solver = AssignmentSolver()
        return try PaddedAssignment(
            minimising: costs, unmatchedRows: [Float](repeating: Self.leaveCost, count: seen.count),
            unmatchedColumns: [Float](repeating: Self.leaveCost, count: columns), with: &solver
        ).assignment
    }

    /// The cost of a pair: by the nearest look of the object's kind, and by the nearest place and neighbourhood that it
    /// has in any support image, since what one good image shows is good.
    ///
    /// - Parameters:
    ///   - position: the seen object's, moved to where the support image would have it.
    ///   - row: its row of `surroundings`; nil for a region that has none.
    private func slot(
        _ position: SIMD2<Float>, row: Int? = nil, of surroundings: Matrix?, node: Int, image: Int, object: Int,
        looks: LookTable
    ) -> (cost: Float, deviation: PairDeviation, parts: PartVector) {
        let distances = distances(
            position, row: row, of: surroundings, node: node, image: image, object: object, looks: looks)
        let scaled = distances * places.inverse(image: image, object: object)
        return (
            CalibratedCost.total(scaled: scaled),
            CalibratedCost.deviation(scaled: scaled).clamped(to: Self.farthest),
            CalibratedCost.parts(distances, scales: places.scales(image: image, object: object))
        )
    }

    private func distances(
        _ position: SIMD2<Float>, row: Int?, of surroundings: Matrix?, node: Int, image: Int, object: Int,
        looks: LookTable
    ) -> PartVector {
        var distances = looks.distances(node, kind: kinds.indices[image][object])
        let place = places.nearest(to: position, row: row, of: surroundings, image: image, object: object)
        distances[CostPart.position.rawValue] = place.position
        distances[CostPart.context.rawValue] = place.context
        return distances
    }

    /// 1 for a thing that no good image shows, less for one that looks like the good images' clutter, wherever it lies.
    private func strangeness(of seen: ComparableObject) -> Float {
        var smallest: Float = 1
        func compare(_ object: ComparableObject) {
            var distances = PartDistances.between(seen, object)
            distances[CostPart.position.rawValue] = 0
            distances[CostPart.context.rawValue] = 0
            smallest = min(smallest, CalibratedCost.total(distances, scales: bank.commonScales))
        }
        for region in clutter { compare(region) }
        for (image, known) in objects.enumerated() {
            for (index, object) in known.enumerated() where bank.images[image].objects[index].weight < 0.5 {
                compare(object)
            }
        }
        return smallest < 2 * Self.leaveCost ? max(0.1, smallest) : 1
    }

    /// The worst difference decides; the next ones add what a single one could not say.
    ///
    /// - Parameter sorted: deviations, the largest first.
    package static func score(_ sorted: some Sequence<Float>) -> Float {
        var score: Float = 0
        var share: Float = 1
        for deviation in sorted.prefix(3) {
            score += share * deviation
            share /= 2
        }
        return score
    }
}

extension ComparableObject {
    package var position: SIMD2<Float> { SIMD2(descriptor.centreX, descriptor.centreY) }
}
