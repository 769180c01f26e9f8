internal import Assessment
internal import LinearAlgebra
internal import Matching
internal import SupportSets

/// Every good image matched with every other: who is whose partner, and how much partners differ.
struct PairwiseMatches {
    /// For each image, each object and each image: the partner's index, or -1.
    private(set) var partners: [[[Int]]]
    private(set) var distances: [[[PartVector]]]

    /// The matches that explain the good images best, and the scales that they come to.
    ///
    /// Where every thing has its place, things are matched by place first: fifteen pins of free colours would else be
    /// matched by colour all over the tray. Where things lie anywhere they are sorted into kinds first, and looks decide
    /// within a kind.
    ///
    /// - Parameter labels: for each settled image what its objects are called.
    /// - Returns: the matches, the scales, and the kinds where things lie anywhere.
    static func settled(
        of objects: [[ComparableObject]], labels: [[ObjectLabel]?]
    ) throws(MatchingError) -> (matches: PairwiseMatches, scales: PartVector, kinds: [[Int]]?) {
        guard objects.count > 1 else {
            return (try PairwiseMatches(objects: objects, scales: lonelyScales), lonelyScales, nil)
        }
        let placed = try PairwiseMatches(objects: objects, scales: placeScales)
        let isPlaced = placed.hasFixedLayout(objects)
        let kinds = isPlaced ? nil : try LooseKinds(of: objects, labels: labels).kinds
        var scales = isPlaced ? placed.commonScales(fallback: placeScales) : 2 * PartDistances.floors
        var matches = placed
        for round in 0..<3 {
            if round > 0 { scales = matches.commonScales(fallback: scales) }
            matches = try PairwiseMatches(
                objects: objects, scales: isPlaced ? scales : unplaced(scales), kinds: kinds)
        }
        return (matches, scales, kinds)
    }

    /// The same scales but for place and neighbours, which then do not count.
    private static func unplaced(_ scales: PartVector) -> PartVector {
        var looks = scales
        looks[CostPart.position.rawValue] = unlimited
        looks[CostPart.context.rawValue] = unlimited
        return looks
    }

    /// A scale that no difference comes near to.
    static let unlimited: Float = 100

    /// What good images of other products differ by at most: one image cannot tell how much its own may.
    private static let lonelyScales = PartVector([
        .appearance: 0.12, .colour: 8, .context: unlimited, .area: 0.1, .shape: 0.16, .position: 0.3, .length: 0.06,
        .bow: 0.03, .threefold: 0.05, .fourfold: 0.08,
    ])

    /// Scales under which little but the place counts.
    private static let placeScales = PartVector([
        .appearance: 0.3, .colour: 60, .context: 0.3, .area: 0.3, .shape: 0.4, .position: 0.03, .length: 0.3,
        .bow: unlimited, .threefold: unlimited, .fourfold: unlimited,
    ])

    /// Matched by place, things lie much nearer to their partners than to their neighbours.
    private func hasFixedLayout(_ objects: [[ComparableObject]]) -> Bool {
        var spacings: [Float] = []
        for image in objects where image.count > 2 {
            for (index, object) in image.enumerated() {
                let nearest = image.indices.filter { $0 != index }.map { other in
                    let offset = image[other].position - object.position
                    return (offset * offset).sum()
                }.min()
                if let nearest { spacings.append(nearest.squareRoot()) }
            }
        }
        let residuals = distances.flatMap { $0.flatMap { $0 } }.map { $0[CostPart.position.rawValue] }
        let all = objects.reduce(0) { $0 + $1.count } * (objects.count - 1)
        guard !spacings.isEmpty, !residuals.isEmpty, 3 * residuals.count >= 2 * all else { return false }
        return Self.median(residuals) <= 0.33 * Self.median(spacings) && roundTripShare >= 0.8
    }

    /// The share of ways from an object over its partners in two other images that end where the direct way does; 1 where
    /// there are no three images.
    private var roundTripShare: Float {
        var counts = (all: 0, same: 0)
        for image in partners.indices {
            for object in partners[image] {
                for (middle, via) in object.enumerated() where middle != image && via >= 0 {
                    for (last, direct) in object.enumerated() where last != image && last != middle && direct >= 0 {
                        counts.all += 1
                        if partners[middle][via][last] == direct { counts.same += 1 }
                    }
                }
            }
        }
        return counts.all > 0 ? Float(counts.same) / Float(counts.all) : 1
    }

    private static func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }

    /// - Parameter kinds: for each image and object its kind; two kinds are never partners, nor is one without (-1).
    init(objects: [[ComparableObject]], scales: PartVector, kinds: [[Int]]? = nil) throws(MatchingError) {
        let count = objects.count
        partners = objects.map { $0.map { _ in [Int](repeating: -1, count: count) } }
        distances = objects.map { $0.map { _ in [] } }
        for first in objects.indices {
            for second in objects.indices where first < second {
                try match(first, second, objects: objects, scales: scales) { row, column in
                    kinds.map { $0[first][row] >= 0 && $0[first][row] == $0[second][column] } ?? true
                }
            }
        }
    }

    private mutating func match(
        _ first: Int, _ second: Int, objects: [[ComparableObject]], scales: PartVector, areAlike: (Int, Int) -> Bool
    ) throws(MatchingError) {
        let rows = objects[first]
        let columns = objects[second]
        guard !rows.isEmpty, !columns.isEmpty else { return }
        var shift = SIMD2<Float>.zero
        var pairs = try Self.assign(rows, columns, scales: scales, shift: shift, areAlike: areAlike)
        shift = Alignment.shift(pairs: pairs.map { (seen: rows[$0.row].position, known: columns[$0.column].position) })
        pairs = try Self.assign(rows, columns, scales: scales, shift: shift, areAlike: areAlike)
        for pair in pairs {
            let difference = PartDistances.between(rows[pair.row], columns[pair.column], shift: shift)
            partners[first][pair.row][second] = pair.column
            partners[second][pair.column][first] = pair.row
            distances[first][pair.row].append(difference)
            distances[second][pair.column].append(difference)
        }
    }

    private static func assign(
        _ rows: [ComparableObject], _ columns: [ComparableObject], scales: PartVector, shift: SIMD2<Float>,
        areAlike: (Int, Int) -> Bool
    ) throws(MatchingError) -> [Assignment.Pair] {
        var costs = Matrix(repeating: 1, rowCount: rows.count, columnCount: columns.count)
        for row in rows.indices {
            for column in columns.indices where areAlike(row, column) {
                costs[row, column] = CalibratedCost.total(
                    PartDistances.between(rows[row], columns[column], shift: shift), scales: scales)
            }
        }
        var solver = AssignmentSolver()
        return try PaddedAssignment(
            minimising: costs, unmatchedRows: [Float](repeating: CalibratedCost.unmatched, count: rows.count),
            unmatchedColumns: [Float](repeating: CalibratedCost.unmatched, count: columns.count), with: &solver
        ).assignment.pairs
    }

    /// For each part the upper quartile of all partners' distances: what good images differ by.
    func commonScales(fallback: PartVector) -> PartVector {
        Self.upperQuartiles(of: distances.flatMap { $0.flatMap { $0 } }, fallback: fallback)
    }

    /// For each part the upper quartile, at least the floor; `fallback` for no distances.
    static func upperQuartiles(of all: [PartVector], fallback: PartVector) -> PartVector {
        guard !all.isEmpty else { return fallback }
        var scales = PartVector()
        for part in CostPart.allCases {
            let sorted = all.map { $0[part.rawValue] }.sorted()
            let quartile = sorted[(sorted.count - 1) * 3 / 4]
            scales[part.rawValue] = max(PartDistances.floors[part.rawValue], quartile)
        }
        return scales
    }

    /// One object's own scales: its partners' mean square distances, drawn towards the common ones as two more samples.
    func scales(image: Int, object: Int, common: PartVector) -> PartVector {
        let own = distances[image][object]
        var sum = 2 * common * common
        for distance in own { sum += distance * distance }
        let scales = (sum / Float(own.count + 2)).squareRoot()
        return scales.replacing(with: PartDistances.floors, where: scales .< PartDistances.floors)
    }

    /// The root mean square of one object's distances to its partners, at least the floors.
    func ownScales(image: Int, object: Int) -> PartVector {
        let own = distances[image][object]
        var sum = PartVector()
        for distance in own { sum += distance * distance }
        let scales = (sum / Float(max(own.count, 1))).squareRoot()
        return scales.replacing(with: PartDistances.floors, where: scales .< PartDistances.floors)
    }

    /// Two objects are partners, and in most other images they have the same one.
    func areConfirmedPartners(_ one: (image: Int, object: Int), _ other: (image: Int, object: Int)) -> Bool {
        guard partners[one.image][one.object][other.image] == other.object else { return false }
        let third = partners.indices.filter { $0 != one.image && $0 != other.image }
        let agreeing = third.count { image in
            let partner = partners[one.image][one.object][image]
            return partner >= 0 && partner == partners[other.image][other.object][image]
        }
        return 2 * agreeing >= third.count
    }

    /// The square of the share of other images in which the object has a partner; 1 when there is no other image.
    ///
    /// An object that wanders while the others keep their places is not surely the same one, and weighs less.
    func weight(image: Int, object: Int, common: PartVector) -> Float {
        let others = partners.count - 1
        guard others > 0 else { return 1 }
        let share = Float(partners[image][object].count { $0 >= 0 }) / Float(others)
        let position = CostPart.position.rawValue
        let wander = scales(image: image, object: object, common: common)[position] / common[position]
        return share * share * min(1, 2 / wander)
    }
}
