import LinearAlgebra
import Testing

struct PairwiseDistancesTests {
    private let a = Matrix(rowCount: 2, columnCount: 2, elements: [3, 0, 0, 0])
    private let b = Matrix(rowCount: 3, columnCount: 2, elements: [0, 4, 1, 0, 0, 0])

    @Test func euclideanDistancesAreLengthsOfDifferences() {
        #expect(PairwiseDistances.euclidean(a, b).elements == [5, 2, 3, 4, 1, 0])
    }

    @Test func aZeroRowIsACosineOfOneFromAllButZeroRows() {
        #expect(PairwiseDistances.cosine(a, b).elements == [1, 0, 1, 1, 1, 0])
    }

    @Test func cosineDistancesDoNotDependOnLength() {
        let tiny = Matrix(rowCount: 1, columnCount: 2, elements: [1e-18, 1e-18])
        let distance = PairwiseDistances.cosine(tiny, Matrix(rowCount: 1, columnCount: 2, elements: [-7, -7]))
        #expect(abs(distance[0, 0] - 2) < 1e-5)
    }

    @Test func noRowsGiveAnEmptyTable() {
        let none = Matrix(repeating: 0, rowCount: 0, columnCount: 2)
        #expect(PairwiseDistances.euclidean(none, b) == Matrix(repeating: 0, rowCount: 0, columnCount: 3))
    }

    @Test func normalisingLeavesZeroRowsAlone() {
        let matrix = Matrix(rowCount: 2, columnCount: 2, elements: [3, 4, 0, 0])
        #expect(matrix.rowNorms() == [5, 0])
        let normalised = matrix.rowsNormalised()
        #expect(abs(normalised[0, 0] - 0.6) < 1e-6 && abs(normalised[0, 1] - 0.8) < 1e-6)
        #expect(normalised.elements[2...] == [0, 0])
    }
}
