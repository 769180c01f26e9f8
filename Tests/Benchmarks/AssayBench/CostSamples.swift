internal import LinearAlgebra

/// Cost matrices to measure the assignment solver on.
enum CostSamples: String, CaseIterable {
    /// Independent uniform costs.
    case dense

    /// Distances between two images of a crowded scene: a class for every six objects, its members nearly alike, so
    /// that the costs come in clusters and many pairings are nearly as good as the best.
    case composition

    func matrix(size: Int, from numbers: inout SampleNumbers) -> Matrix {
        switch self {
        case .dense:
            return Matrix(
                rowCount: size, columnCount: size, elements: (0..<size * size).map { _ in numbers.next() })
        case .composition:
            let width = 16
            let classCount = max(1, size / 6)
            let classes = (0..<classCount * width).map { _ in numbers.next() }
            let query = Self.objects(size, of: classes, width: width, from: &numbers)
            let support = Self.objects(size, of: classes, width: width, from: &numbers)
            var costs = Matrix(repeating: 0, rowCount: size, columnCount: size)
            for row in 0..<size {
                for column in 0..<size {
                    var sum: Float = 0
                    for k in 0..<width {
                        let difference = query[row * width + k] - support[column * width + k]
                        sum += difference * difference
                    }
                    costs[row, column] = sum.squareRoot()
                }
            }
            return costs
        }
    }

    private static func objects(
        _ count: Int, of classes: [Float], width: Int, from numbers: inout SampleNumbers
    ) -> [Float] {
        let classCount = classes.count / width
        var values: [Float] = []
        for index in 0..<count {
            for k in 0..<width {
                values.append(classes[index % classCount * width + k] + 0.05 * (numbers.next() - 0.5))
            }
        }
        return values
    }
}

/// A small generator of uniform numbers in 0..<1 that other languages can follow bit by bit.
struct SampleNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / 16_777_216
    }
}
