import LinearAlgebra
import Testing

struct NearestRowsTests {
    /// Rows of length 1 with every tenth one zero.
    private func rows(_ count: Int, width: Int, seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        var matrix = Matrix(
            rowCount: count, columnCount: width,
            elements: (0..<count * width).map { _ in Float.random(in: -1...1, using: &generator) })
        for row in stride(from: 9, to: count, by: 10) {
            for column in 0..<width { matrix[row, column] = 0 }
        }
        matrix.normaliseRows()
        return matrix
    }

    private func slowDistance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
        let aIsZero = a.allSatisfy { $0 == 0 }
        let bIsZero = b.allSatisfy { $0 == 0 }
        if aIsZero || bIsZero { return aIsZero && bIsZero ? 0 : 1 }
        return Float(1 - zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
    }

    @Test(arguments: [(1, 1, 3), (7, 5, 8), (300, 2100, 17), (257, 1025, 4)])
    func agreesWithComparingEveryPair(queryCount: Int, bankCount: Int, width: Int) {
        let queries = rows(queryCount, width: width, seed: 1)
        let bank = rows(bankCount, width: width, seed: 2)
        var finder = NearestRows()
        let distances = finder.distances(from: queries, to: bank)
        let matches = finder.matches(from: queries, to: bank)
        #expect(distances == matches.map(\.distance))
        for query in 0..<queryCount {
            let row = queries.elements[query * width..<(query + 1) * width]
            var least = Float.infinity
            for candidate in 0..<bankCount {
                least = min(least, slowDistance(row, bank.elements[candidate * width..<(candidate + 1) * width]))
            }
            #expect(abs(distances[query] - least) < 1e-5, "query \(query)")
            let index = matches[query].index
            let named = slowDistance(row, bank.elements[index * width..<(index + 1) * width])
            #expect(abs(named - least) < 1e-5, "query \(query)")
        }
    }

    @Test func aZeroRowIsNearOnlyToAZeroRow() {
        var finder = NearestRows()
        let zero = Matrix(repeating: 0, rowCount: 1, columnCount: 2)
        let bank = Matrix(rowCount: 2, columnCount: 2, elements: [-1, 0, 0, 1])
        let bankWithZero = Matrix(rowCount: 3, columnCount: 2, elements: [-1, 0, 0, 1, 0, 0])
        let matches = [
            finder.matches(from: zero, to: bank), finder.matches(from: zero, to: bankWithZero),
            finder.matches(from: Matrix(rowCount: 1, columnCount: 2, elements: [0, -1]), to: bankWithZero),
        ]
        #expect(matches.map { $0[0].distance } == [1, 0, 1])
        #expect(matches[1][0].index == 2)
    }

    @Test func anEmptyBankIsAtDistanceOne() {
        var finder = NearestRows()
        let bank = Matrix(repeating: 0, rowCount: 0, columnCount: 2)
        #expect(finder.distances(from: Matrix(repeating: 1, rowCount: 2, columnCount: 2), to: bank) == [1, 1])
        #expect(finder.matches(from: Matrix(repeating: 1, rowCount: 1, columnCount: 2), to: bank)[0].index == -1)
    }

    @Test func noQueriesGiveNoDistances() {
        var finder = NearestRows()
        let bank = Matrix(repeating: 1, rowCount: 4, columnCount: 2)
        #expect(finder.distances(from: Matrix(repeating: 0, rowCount: 0, columnCount: 2), to: bank).isEmpty)
    }

    @Test func aQueryThatIsNotANumberStaysSo() {
        var finder = NearestRows()
        let queries = Matrix(rowCount: 2, columnCount: 2, elements: [.nan, 1, 1, 0])
        let distances = finder.distances(from: queries, to: Matrix(rowCount: 1, columnCount: 2, elements: [1, 0]))
        #expect(distances[0].isNaN && distances[1] == 0)
    }
}
