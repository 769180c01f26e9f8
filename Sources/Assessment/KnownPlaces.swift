internal import LinearAlgebra
internal import SupportSets

/// Where the objects of a bank lie, what surrounds them and how much they vary, laid out flat for many comparisons.
struct KnownPlaces: Sendable {
    /// For each image the number of its first object among all.
    private let firsts: [Int]
    private let positions: [SIMD2<Float>]
    private let scales: [PartVector]
    private let inverses: [PartVector]
    private let weights: [Float]
    private let objects: [ComparableObject]

    /// Some object has neighbours that count.
    let hasSurroundings: Bool

    /// For each object itself and its partners in the other images.
    private let sameFirsts: [Int]
    private let same: [Int]

    init(bank: LogicalBank, objects: [[ComparableObject]]) {
        var firsts: [Int] = []
        var count = 0
        for image in objects {
            firsts.append(count)
            count += image.count
        }
        self.firsts = firsts
        self.objects = objects.flatMap { $0 }
        positions = self.objects.map(\.position)
        let known = bank.images.flatMap(\.objects)
        scales = known.map(\.scales)
        inverses = scales.map(CalibratedCost.inverse)
        weights = known.map(\.weight)
        hasSurroundings = scales.contains { $0[CostPart.context.rawValue] < SupportObject.anywhere }
        var sameFirsts = [0]
        var same: [Int] = []
        for (image, support) in bank.images.enumerated() {
            for (index, object) in support.objects.enumerated() {
                same.append(firsts[image] + index)
                for (other, partner) in object.partners.enumerated() where partner >= 0 && other != image {
                    same.append(firsts[other] + partner)
                }
                sameFirsts.append(same.count)
            }
        }
        self.sameFirsts = sameFirsts
        self.same = same
    }

    func scales(image: Int, object: Int) -> PartVector { scales[firsts[image] + object] }

    /// What distances are multiplied by.
    func inverse(image: Int, object: Int) -> PartVector { inverses[firsts[image] + object] }

    func weight(image: Int, object: Int) -> Float { weights[firsts[image] + object] }

    func position(image: Int, object: Int) -> SIMD2<Float> { positions[firsts[image] + object] }

    /// How the surroundings of some objects differ from those of every object of the bank; nil where they do not count.
    func surroundings(of seen: [ComparableObject]) -> Matrix? {
        guard hasSurroundings else { return nil }
        var table = Matrix(repeating: 0, rowCount: seen.count, columnCount: objects.count)
        for row in seen.indices {
            for column in objects.indices { table[row, column] = PartDistances.context(seen[row], objects[column]) }
        }
        return table
    }

    /// The distance in place, and in surroundings, from the nearest that an object has in any image.
    ///
    /// - Parameters:
    ///   - position: the seen object's, moved to where the support image would have it.
    ///   - row: the seen object's in `surroundings`; nil for one without surroundings.
    func nearest(
        to position: SIMD2<Float>, row: Int?, of surroundings: Matrix?, image: Int, object: Int
    ) -> (position: Float, context: Float) {
        let number = firsts[image] + object
        var nearest = (position: Float.infinity, context: row == nil || surroundings == nil ? 0 : Float.infinity)
        for place in sameFirsts[number]..<sameFirsts[number + 1] {
            let other = same[place]
            nearest.position = min(nearest.position, PartDistances.position(position, positions[other]))
            if let row, let surroundings { nearest.context = min(nearest.context, surroundings[row, other]) }
        }
        return nearest
    }
}

extension PartDistances {
    static func position(_ seen: SIMD2<Float>, _ known: SIMD2<Float>) -> Float {
        let offset = seen - known
        return (offset * offset).sum().squareRoot()
    }
}
