internal import Composition
internal import LinearAlgebra
internal import SupportSets

/// The objects of a bank sorted by kind: what a good image shows of a kind at one place is good at every place of it.
///
/// Fifteen pins of free colours are one kind with many looks; two balls that never change places are two.
struct ObjectKinds: Sendable {
    /// One look of a kind: an object of a support image.
    struct Look: Sendable {
        let image: Int
        let object: Int
    }

    /// For each kind its looks.
    let looks: [[Look]]

    /// For each image and each object its kind's index.
    let indices: [[Int]]

    /// For each kind what its looks are divided by.
    let scales: [PartVector]

    /// For each kind what distances are multiplied by.
    private let inverses: [PartVector]

    /// All comparable objects, kind after kind.
    private let comparables: [ComparableObject]
    private let directions: Matrix

    /// For each kind what its objects are called.
    private let names: [String?]
    private let gate: ClassGate?
    private let discriminants: KindDiscriminants

    /// So many times as costly, an object is clearly less like one kind than like another.
    private static let clearly: Float = 2

    init(
        bank: LogicalBank, objects: [[ComparableObject]], classes: ClassHead? = nil, usesLines: Bool = true
    ) {
        var indexOfName: [Int: Int] = [:]
        var looks: [[Look]] = []
        var scales: [PartVector] = []
        var indices: [[Int]] = []
        for (image, support) in bank.images.enumerated() {
            var row: [Int] = []
            for (object, known) in support.objects.enumerated() {
                // An object without a kind is one of its own.
                let index = known.kind >= 0 ? indexOfName[known.kind] ?? looks.count : looks.count
                if index == looks.count {
                    looks.append([])
                    scales.append(known.scales)
                    if known.kind >= 0 { indexOfName[known.kind] = index }
                }
                looks[index].append(Look(image: image, object: object))
                row.append(index)
            }
            indices.append(row)
        }
        self.looks = looks
        self.indices = indices
        self.scales = scales
        inverses = scales.map(CalibratedCost.inverse)
        names = looks.map { kind in
            kind.lazy.compactMap { bank.images[$0.image].objects[$0.object].label?.name }.first
        }
        gate = classes.map(ClassGate.init)
        comparables = looks.flatMap { $0.map { objects[$0.image][$0.object] } }
        directions = Self.directions(of: comparables, width: bank.centre.count)
        let (inverses, all) = (inverses, objects)
        discriminants = KindDiscriminants(
            kindCount: looks.count,
            members: !usesLines
                ? []
                : looks.enumerated().flatMap { kind, looks in
                    looks.filter { !bank.images[$0.image].objects[$0.object].hasPlace }.map {
                        KindDiscriminants.Member(kind: kind, image: $0.image, object: all[$0.image][$0.object])
                    }
                },
            cost: { object, kind in
                looks[kind].map {
                    let distances = PartDistances.between(object, all[$0.image][$0.object])
                    return CalibratedCost.total(scaled: Self.looksOnly(distances) * inverses[kind])
                }.min() ?? 1
            })
    }

    private static func looksOnly(_ distances: PartVector) -> PartVector {
        var looks = distances
        looks[CostPart.position.rawValue] = 0
        looks[CostPart.context.rawValue] = 0
        return looks
    }

    /// How each of some objects differs from the nearest look of each kind.
    func table(of seen: [ComparableObject]) -> LookTable {
        var cosines = Matrix(repeating: 0, rowCount: seen.count, columnCount: comparables.count)
        if !seen.isEmpty, !comparables.isEmpty {
            BLAS.multiply(
                Self.directions(of: seen, width: directions.columnCount), transposed: directions, into: &cosines)
        }
        let classes = gate.map { gate in seen.map { gate.name(of: $0.descriptor) } }
        let strange = discriminants.deviations(of: seen)
        var nearest: [PartVector] = []
        nearest.reserveCapacity(seen.count * looks.count)
        for (row, object) in seen.enumerated() {
            var column = 0
            for kind in looks.indices {
                var nearestLook = NearestLook()
                for _ in looks[kind] {
                    let distances = PartDistances.looks(
                        object, comparables[column], cosine: cosines[row, column])
                    let scaled = distances * inverses[kind]
                    nearestLook.offer(distances, deviating: CalibratedCost.deviation(scaled: scaled))
                    column += 1
                }
                var parts = nearestLook.distances
                if let strange {
                    // Put where it counts as it is: whatever the kind's own looks allow.
                    let appearance = CostPart.appearance.rawValue
                    parts[appearance] = max(parts[appearance], strange[row, kind] / inverses[kind][appearance])
                }
                nearest.append(parts)
            }
        }
        var table = LookTable(kindCount: looks.count, nearest: nearest, inverses: inverses, classes: classes)
        if classes != nil { for row in seen.indices { gate(row, of: &table) } }
        return table
    }

    /// Keeps an object from the kinds of other classes than its own.
    ///
    /// A head that learnt from a few pictures is sure of what it has never seen, too: it decides where looks do not speak
    /// against it.
    private func gate(_ row: Int, of table: inout LookTable) {
        guard let name = table.name(row) else { return }
        var own: Float = 1
        for kind in looks.indices where names[kind] == name { own = min(own, table.cost(row, kind: kind)) }
        for kind in looks.indices where table.cost(row, kind: kind) > Self.clearly * own {
            if let other = names[kind], other != name { table.close(row, to: kind) }
        }
    }

    private static func directions(of objects: [ComparableObject], width: Int) -> Matrix {
        var elements: [Float] = []
        elements.reserveCapacity(objects.count * width)
        for object in objects { elements += object.direction }
        return Matrix(rowCount: objects.count, columnCount: width, elements: elements)
    }
}

/// How each object of a scene differs by its looks from the nearest look of each kind of a bank.
package struct LookTable: Sendable {
    let kindCount: Int

    /// One row an object, one column a kind; position and context are zero.
    private(set) var nearest: [PartVector]

    /// For each kind what distances are multiplied by.
    let inverses: [PartVector]

    /// For each object its class, where that is sure; nil for a set without classes.
    private(set) var classes: [String?]?

    /// The distance of objects of two classes: no scale makes their cost less than that of leaving both alone.
    private static let otherClass: Float = 1000

    /// Adds an object of another table of the same bank; it comes after all others.
    mutating func append(_ object: Int, of other: LookTable) {
        nearest += other.nearest[(object * kindCount)..<((object + 1) * kindCount)]
        if let others = other.classes { classes?.append(others[object]) }
    }

    /// An object is surely none of a kind.
    mutating func close(_ object: Int, to kind: Int) {
        nearest[object * kindCount + kind][CostPart.appearance.rawValue] = Self.otherClass
    }

    /// What an object is called; nil where that is not sure.
    func name(_ object: Int) -> String? { classes?[object] }

    func distances(_ object: Int, kind: Int) -> PartVector { nearest[object * kindCount + kind] }

    /// Whether an object is far more like one of another kind: a broken nut is no washer, though it is no good nut either.
    func isRatherOfAnotherKind(_ object: Int, than kind: Int) -> Bool {
        let own = deviation(object, kind: kind)
        return (0..<kindCount).contains { $0 != kind && 2 * deviation(object, kind: $0) < own }
    }

    private func deviation(_ object: Int, kind: Int) -> Float {
        CalibratedCost.deviation(scaled: distances(object, kind: kind) * inverses[kind]).whole
    }

    /// The cost of an object as one of a kind, wherever it lies.
    func cost(_ object: Int, kind: Int) -> Float {
        CalibratedCost.total(scaled: distances(object, kind: kind) * inverses[kind])
    }
}
