internal import LinearAlgebra
internal import RealModule
internal import SupportSets

/// How unlike the regions of two images are by their looks, wherever they lie: one row a region of the first image, one
/// column a region of the second; 0 for equals, about 1 for strangers.
///
/// Every part counts by its logarithm, so that one part that tells nothing of a product, such as the features of a thing
/// that turns, does not outweigh the others.
package struct RegionUnlikeness: Sendable {
    private let values: Matrix

    /// The row of each region of the first image; nil for one that is not compared.
    private let rows: [Int?]

    /// How much appearance, colour, area and shape count; their floors are doubled, as nothing is known of the product.
    private static let weights = PartVector([.appearance: 0.6, .colour: 1, .area: 1.5, .shape: 1])

    /// - Parameter compared: the regions of the first image that are compared, all unless given.
    package init(of first: [ComparableObject], compared: [Int]? = nil, to second: [ComparableObject]) {
        let compared = compared ?? Array(first.indices)
        var rows = [Int?](repeating: nil, count: first.count)
        for (row, region) in compared.enumerated() { rows[region] = row }
        self.rows = rows
        let first = compared.map { first[$0] }
        let width = first.first?.direction.count ?? 0
        var cosines = Matrix(repeating: 0, rowCount: first.count, columnCount: second.count)
        if !first.isEmpty, !second.isEmpty {
            BLAS.multiply(
                Self.directions(of: first, width: width), transposed: Self.directions(of: second, width: width),
                into: &cosines)
        }
        let scale = Self.weights / (6 * (PartDistances.floors + .unused))
        for (row, one) in first.enumerated() {
            for (column, other) in second.enumerated() {
                let parts = scale * PartDistances.looks(one, other, cosine: cosines[row, column])
                let terms = PartVector(repeating: 1) + 4 * parts * parts
                let halves = terms.lowHalf * terms.highHalf
                let product = halves.lowHalf * halves.highHalf
                let all = product[0] * product[1] * product[2] * product[3]
                cosines[row, column] = Float.log(all).squareRoot() / 3
            }
        }
        values = cosines
    }

    package subscript(first first: Int, second second: Int) -> Float {
        rows[first].map { values[$0, second] } ?? Self.strange
    }

    package var firstCount: Int { rows.count }
    package var secondCount: Int { values.columnCount }

    /// The value that stands for no region to compare with.
    static let strange: Float = 1.2

    /// How unlike a region of the first image is to the likest of some of the second.
    func nearest(_ first: Int, where isCounted: (Int) -> Bool) -> Float {
        guard let row = rows[first] else { return Self.strange }
        var smallest = Self.strange
        for second in 0..<values.columnCount where isCounted(second) { smallest = min(smallest, values[row, second]) }
        return smallest
    }

    /// The region of the second image, of those that count, that a region of the first is likest to; nil for one that is
    /// not compared.
    package func likest(_ first: Int, where isCounted: (Int) -> Bool = { _ in true }) -> Int? {
        guard let row = rows[first] else { return nil }
        var likest: Int?
        for second in 0..<values.columnCount where isCounted(second) {
            if likest.map({ values[row, second] < values[row, $0] }) ?? true { likest = second }
        }
        return likest
    }

    /// How unlike a region of the first image is to the likest of the second, each the more so the farther it lies from
    /// where it should: a distance of its own size counts half.
    func nearest(_ first: Int, at place: RegionPlace, among places: [RegionPlace]) -> Float {
        guard let row = rows[first] else { return Self.strange }
        var smallest = Self.strange
        for second in 0..<values.columnCount where values[row, second] < smallest {
            smallest = min(smallest, values[row, second] + 0.5 * place.distance(to: places[second]))
        }
        return smallest
    }

    private static func directions(of objects: [ComparableObject], width: Int) -> Matrix {
        var elements: [Float] = []
        elements.reserveCapacity(objects.count * width)
        for object in objects { elements += object.direction }
        return Matrix(rowCount: objects.count, columnCount: width, elements: elements)
    }
}
