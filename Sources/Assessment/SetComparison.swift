internal import Composition
internal import Inference
internal import LinearAlgebra
internal import Matching
package import SupportSets

/// What the objects of two sets have to do with each other, kind by kind.
///
/// Kinds are paired so that their deviations together are smallest; what costs less left alone stays alone, by the
/// same scales and the same price as when a picture is judged.
package struct SetComparison: Equatable, Sendable {
    /// An object of a set: the index of its image and its own.
    package struct Place: Hashable, Sendable {
        package let image: Int
        package let object: Int
    }

    /// Objects that a set takes for one thing.
    package struct Kind: Equatable, Sendable {
        package let places: [Place]

        /// What people call it.
        package let name: String?

        /// How many there are in the image with the fewest and with the most.
        package let counts: ClosedRange<Int>
    }

    package struct Pair: Equatable, Sendable {
        package let first: Kind
        package let second: Kind

        /// 0 for the same look, towards 1 for another.
        package let cost: Float
    }

    package let pairs: [Pair]
    package let onlyFirst: [Kind]
    package let onlySecond: [Kind]

    /// Looks of one kind that are compared; more of them say nothing new.
    private static let mostLooks = 24

    /// - Returns: nil where the sets were made by different models, whose features have nothing to do with each other.
    package init?(_ first: SupportSet, _ second: SupportSet) {
        let models = (first.manifest.model, second.manifest.model)
        guard models.0.digest == models.1.digest, first.logical.centre.count == second.logical.centre.count else {
            return nil
        }
        let kinds = (Self.kinds(of: first.logical), Self.kinds(of: second.logical))
        let looks = (
            Self.looks(of: kinds.0, in: first.logical, centre: first.logical.centre),
            Self.looks(of: kinds.1, in: second.logical, centre: first.logical.centre)
        )
        let isAligned = first.manifest.structure.isAligned && second.manifest.structure.isAligned
        var costs = Matrix(repeating: 0, rowCount: kinds.0.count, columnCount: kinds.1.count)
        for row in kinds.0.indices {
            for column in kinds.1.indices {
                costs[row, column] = Self.cost(looks.0[row], looks.1[column], withPlaces: isAligned)
            }
        }
        var solver = AssignmentSolver()
        do {
            let assignment = try PaddedAssignment(
                minimising: costs,
                unmatchedRows: [Float](repeating: CalibratedCost.unmatched, count: kinds.0.count),
                unmatchedColumns: [Float](repeating: CalibratedCost.unmatched, count: kinds.1.count), with: &solver
            ).assignment
            pairs = assignment.pairs.map {
                Pair(first: kinds.0[$0.row], second: kinds.1[$0.column], cost: $0.cost)
            }
            onlyFirst = assignment.unmatchedRows.map { kinds.0[$0] }
            onlySecond = assignment.unmatchedColumns.map { kinds.1[$0] }
        } catch {
            preconditionFailure("costs lie in 0...1: \(error)")
        }
    }

    private struct Look {
        let object: ComparableObject
        let scales: PartVector
    }

    /// Objects of one kind, or of several images that were found to be the same one.
    private static func kinds(of bank: LogicalBank) -> [Kind] {
        var parents: [Place: Place] = [:]
        func root(_ place: Place) -> Place {
            var place = place
            while let parent = parents[place] { place = parent }
            return place
        }
        func join(_ one: Place, _ other: Place) {
            let (one, other) = (root(one), root(other))
            if one != other { parents[other] = one }
        }
        var firstOfKind: [Int: Place] = [:]
        let places = bank.images.indices.flatMap { image in
            bank.images[image].objects.indices.map { Place(image: image, object: $0) }
        }
        for place in places {
            let object = bank.images[place.image].objects[place.object]
            if object.kind >= 0 {
                if let first = firstOfKind[object.kind] { join(first, place) } else { firstOfKind[object.kind] = place }
            }
            for (image, partner) in object.partners.enumerated() where partner >= 0 {
                join(place, Place(image: image, object: partner))
            }
        }
        var order: [Place] = []
        var members: [Place: [Place]] = [:]
        for place in places {
            let root = root(place)
            if members[root] == nil { order.append(root) }
            members[root, default: []].append(place)
        }
        return order.map { root in
            let places = members[root] ?? []
            let counts = bank.images.indices.map { image in places.count { $0.image == image } }
            return Kind(
                places: places,
                name: places.lazy.compactMap { bank.images[$0.image].objects[$0.object].label?.name }.first,
                counts: (counts.min() ?? 0)...(counts.max() ?? 0))
        }
    }

    private static func looks(of kinds: [Kind], in bank: LogicalBank, centre: [Float]) -> [[Look]] {
        kinds.map { kind in
            kind.places.prefix(mostLooks).map { place in
                let object = bank.images[place.image].objects[place.object]
                return Look(object: ComparableObject(object.object.descriptor, centre: centre), scales: object.scales)
            }
        }
    }

    /// The cost of the two looks that are most alike.
    private static func cost(_ first: [Look], _ second: [Look], withPlaces: Bool) -> Float {
        var least: Float = 1
        for one in first {
            for other in second {
                var distances = PartDistances.between(one.object, other.object)
                distances[CostPart.context.rawValue] = 0
                if !withPlaces { distances[CostPart.position.rawValue] = 0 }
                let scales = one.scales.replacing(with: other.scales, where: other.scales .> one.scales)
                let cost = CalibratedCost.total(distances, scales: scales)
                // Numbers of a foreign set may be anything finite; what cannot be compared is not alike.
                if cost.isFinite { least = min(least, cost) }
            }
        }
        return least
    }
}
