import LinearAlgebra
import Testing

@Suite(.enabled(if: NearestIndex.isOfUse, "this processor has no fast products of 8-bit integers"))
struct NearestIndexTests {
    /// Unit rows; with a `centre` they lie close together, as smoothed features of a plain surface do.
    private func rows(_ count: Int, width: Int, spread: Float, seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: 99)
        let centre = (0..<width).map { _ in Float.random(in: 0...1, using: &generator) }
        generator = SeededGenerator(seed: seed)
        var matrix = Matrix(
            rowCount: count, columnCount: width,
            elements: (0..<count * width).map {
                centre[$0 % width] + spread * Float.random(in: -1...1, using: &generator)
            })
        matrix.normaliseRows()
        return matrix
    }

    private func products(_ queries: Matrix, _ bank: Matrix) throws -> [Float] {
        try unsafe bank.elements.withUnsafeBufferPointer { elements in
            let index = try #require(unsafe NearestIndex(rows: elements, width: bank.columnCount))
            return unsafe index.largestProducts(of: queries, with: elements)
        }
    }

    private func slowProduct(_ queries: Matrix, _ query: Int, _ bank: Matrix, _ row: Int) -> Double {
        let width = queries.columnCount
        return (0..<width).reduce(0.0) {
            $0 + Double(queries.elements[query * width + $1]) * Double(bank.elements[row * width + $1])
        }
    }

    @Test(arguments: [
        (1, 1, 1), (7, 5, 3), (13, 33, 8), (150, 1100, 17), (25, 257, 152), (12, 32, 64), (200, 90, 896),
        (50, 70, 1030),
    ])
    func findsWhatComparingEveryPairFinds(queryCount: Int, bankCount: Int, width: Int) throws {
        let queries = rows(queryCount, width: width, spread: 4, seed: 1)
        let bank = rows(bankCount, width: width, spread: 4, seed: 2)
        let found = try products(queries, bank)
        #expect(found.count == queryCount)
        for query in 0..<queryCount {
            let largest = (0..<bankCount).reduce(-Double.infinity) { max($0, slowProduct(queries, query, bank, $1)) }
            #expect(abs(Double(found[query]) - largest) < 2e-6, "query \(query)")
        }
    }

    /// More rows lie within the rounding of 8 bits than are looked at.
    @Test(arguments: [0.001, 0.01, 0.05, 0.2])
    func rowsThatAreNearlyAlikeAreFoundNearEnough(spread: Float) throws {
        let queries = rows(60, width: 152, spread: spread, seed: 3)
        let bank = rows(3000, width: 152, spread: spread, seed: 4)
        let found = try products(queries, bank)
        for query in 0..<queries.rowCount {
            let largest = (0..<bank.rowCount).reduce(-Double.infinity) {
                max($0, slowProduct(queries, query, bank, $1))
            }
            #expect(Double(found[query]) < largest + 2e-6)
            #expect(Double(found[query]) > largest - 2e-4, "query \(query)")
        }
    }

    @Test func equalRowsAreFoundExactly() throws {
        let bank = rows(1, width: 40, spread: 1, seed: 5)
        let many = Matrix(
            rowCount: 500, columnCount: 40, elements: (0..<500).flatMap { _ in bank.elements })
        #expect(try products(bank, many).allSatisfy { abs($0 - 1) < 1e-6 })
        #expect(try products(many, bank).allSatisfy { abs($0 - 1) < 1e-6 })
    }

    @Test func zeroRowsHaveTheProductZero() throws {
        let zero = Matrix(repeating: 0, rowCount: 14, columnCount: 20)
        let bank = rows(70, width: 20, spread: 3, seed: 6)
        let found = try products(bank, zero)
        #expect(found.count == 70 && found.allSatisfy { $0 == 0 })
        #expect(try products(zero, zero).allSatisfy { $0 == 0 })
    }

    /// A value that is none makes a query like no row, so that its place stands out.
    @Test func aQueryThatIsNotFiniteIsLikeNothing() throws {
        var queries = rows(2, width: 20, spread: 3, seed: 7)
        queries[1, 4] = .nan
        let found = try products(queries, rows(70, width: 20, spread: 3, seed: 6))
        #expect(found[0] > 0)
        #expect(!(found[1] > -1))
    }

    @Test(arguments: 1...80)
    func windowsShowWhatLiesInThem(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let bankHeight = Int.random(in: 1...20, using: &generator)
        let strip = Int.random(in: 1...80, using: &generator)
        let images = Int.random(in: 1...3, using: &generator)
        let width = Int.random(in: 1...9, using: &generator)
        let reach = Int.random(in: 0...12, using: &generator)
        // One column more than fit sees nothing when the reach is small.
        let window = NearestIndex.Window(
            height: (bankHeight + 1) / 2, width: (strip + 1) / 2 + 1, imageCount: images, bankHeight: bankHeight)
        let queries = rows(window.height * window.width, width: width, spread: 4, seed: UInt64(seed) + 1000)
        let bank = rows(images * bankHeight * strip, width: width, spread: 4, seed: UInt64(seed) + 2000)
        let found = try unsafe bank.elements.withUnsafeBufferPointer { elements in
            let grid = NearestIndex.Grid(width: strip, reach: reach)
            let index = try #require(unsafe NearestIndex(rows: elements, width: width, grid: grid))
            return unsafe index.largestProductsNear(queries, with: elements, window: window)
        }
        for query in 0..<queries.rowCount {
            let (y, x) = (2 * (query / window.width), 2 * (query % window.width))
            var largest = -1.0
            for row in 0..<bank.rowCount {
                let (bankY, bankX) = (row / strip % bankHeight, row % strip)
                guard abs(bankY - y) <= reach, (bankY - y) % 2 == 0, abs(bankX - x) <= reach else { continue }
                largest = max(largest, slowProduct(queries, query, bank, row))
            }
            #expect(abs(Double(found[query]) - largest) < 2e-6, "query \(query)")
        }
    }
}
