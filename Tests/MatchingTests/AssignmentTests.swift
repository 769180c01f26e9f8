import LinearAlgebra
import Matching
import Testing

struct AssignmentTests {
    /// The smallest total over all ways to give every row (or column, if these are fewer) a partner.
    private func bruteForce(_ costs: Matrix) -> Double {
        if costs.rowCount > costs.columnCount {
            var transposed = Matrix(repeating: 0, rowCount: costs.columnCount, columnCount: costs.rowCount)
            for row in 0..<costs.rowCount {
                for column in 0..<costs.columnCount { transposed[column, row] = costs[row, column] }
            }
            return bruteForce(transposed)
        }
        func best(row: Int, used: Set<Int>) -> Double {
            guard row < costs.rowCount else { return 0 }
            var least = Double.infinity
            for column in 0..<costs.columnCount where !used.contains(column) {
                least = min(least, Double(costs[row, column]) + best(row: row + 1, used: used.union([column])))
            }
            return least
        }
        return best(row: 0, used: [])
    }

    private func expectSound(_ assignment: Assignment, for costs: Matrix, _ note: String) {
        let rows = assignment.pairs.map(\.row)
        let columns = assignment.pairs.map(\.column)
        #expect(Set(columns).count == columns.count, "\(note)")
        #expect((rows + assignment.unmatchedRows).sorted() == Array(0..<costs.rowCount), "\(note)")
        #expect((columns + assignment.unmatchedColumns).sorted() == Array(0..<costs.columnCount), "\(note)")
        #expect(assignment.pairs.allSatisfy { $0.cost == costs[$0.row, $0.column] }, "\(note)")
    }

    enum Kind: CaseIterable { case uniform, signed, smallIntegers, zerosAndOnes, nearlyEqual, hugeRange }

    private func value(_ kind: Kind, _ generator: inout SeededGenerator) -> Float {
        switch kind {
        case .uniform: .random(in: 0...1, using: &generator)
        case .signed: .random(in: -5...5, using: &generator)
        case .smallIntegers: Float(Int.random(in: 0...4, using: &generator))
        case .zerosAndOnes: Bool.random(using: &generator) ? 1 : 0
        case .nearlyEqual: 1 + Float.random(in: 0...1e-6, using: &generator)
        case .hugeRange: .random(in: 0...1, using: &generator) * [1e-6, 1, 1e6][.random(in: 0...2, using: &generator)]
        }
    }

    @Test(arguments: Kind.allCases)
    func smallProblemsAgreeWithTryingEveryPairing(kind: Kind) throws {
        var solver = AssignmentSolver()
        for seed in UInt64(1)...400 {
            var generator = SeededGenerator(seed: seed)
            let rowCount = Int.random(in: 0...6, using: &generator)
            let columnCount = Int.random(in: 0...6, using: &generator)
            let costs = Matrix(
                rowCount: rowCount, columnCount: columnCount,
                elements: (0..<rowCount * columnCount).map { _ in value(kind, &generator) })
            let assignment = try Assignment(minimising: costs, with: &solver)
            let note = "seed \(seed), \(rowCount)×\(columnCount), \(kind)"
            expectSound(assignment, for: costs, note)
            #expect(assignment.pairs.count == min(rowCount, columnCount), "\(note)")
            let expected = bruteForce(costs)
            let tolerance = 1e-12 * max(1, costs.elements.reduce(0.0) { $0 + Double(abs($1)) })
            #expect(abs(assignment.totalCost - expected) <= tolerance, "\(note)")
        }
    }

    @Test func largeSidesAgreeWithOtherSolvers() throws {
        for sample in try AssignmentFixtures.load() {
            let costs = sample.matrix()
            let assignment = try Assignment(minimising: costs)
            expectSound(assignment, for: costs, sample.name)
            #expect(abs(assignment.totalCost - sample.optimum) <= 1e-9 * max(1, abs(sample.optimum)), "\(sample.name)")
        }
    }

    @Test func emptySidesLeaveTheOtherUnmatched() throws {
        let rowsOnly = try Assignment(minimising: Matrix(repeating: 0, rowCount: 2, columnCount: 0))
        #expect(rowsOnly.unmatchedRows == [0, 1] && rowsOnly.pairs.isEmpty && rowsOnly.totalCost == 0)
        let columnsOnly = try Assignment(minimising: Matrix(repeating: 0, rowCount: 0, columnCount: 2))
        #expect(columnsOnly.unmatchedColumns == [0, 1] && columnsOnly.pairs.isEmpty)
        let nothing = try Assignment(minimising: Matrix(repeating: 0, rowCount: 0, columnCount: 0))
        #expect(nothing == Assignment(pairs: [], unmatchedRows: [], unmatchedColumns: [], totalCost: 0))
    }

    @Test func oneObjectTakesItsCheapestPartner() throws {
        let row = try Assignment(minimising: Matrix(rowCount: 1, columnCount: 3, elements: [3, 1, 2]))
        #expect(row.pairs == [.init(row: 0, column: 1, cost: 1)] && row.unmatchedColumns == [0, 2])
        let column = try Assignment(minimising: Matrix(rowCount: 3, columnCount: 1, elements: [3, 1, 2]))
        #expect(column.pairs == [.init(row: 1, column: 0, cost: 1)] && column.unmatchedRows == [0, 2])
        let single = try Assignment(minimising: Matrix(rowCount: 1, columnCount: 1, elements: [-4]))
        #expect(single.totalCost == -4)
    }

    @Test func threeHundredEqualCostsAreSolved() throws {
        let assignment = try Assignment(minimising: Matrix(repeating: 7, rowCount: 300, columnCount: 300))
        #expect(assignment.pairs.count == 300 && assignment.totalCost == 2100)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func aCostThatIsNoFiniteNumberIsRefusedWithItsPlace(cost: Float) throws {
        var solver = AssignmentSolver()
        for (rowCount, columnCount) in [(3, 3), (2, 5), (5, 2), (1, 9), (9, 1)] {
            var costs = Matrix(repeating: 1, rowCount: rowCount, columnCount: columnCount)
            costs[rowCount - 1, columnCount - 1] = cost
            #expect(throws: MatchingError.costNotFinite(row: rowCount - 1, column: columnCount - 1)) {
                try solver.solve(costs)
            }
        }
        let total = try solver.solve(Matrix(repeating: 1, rowCount: 2, columnCount: 2))
        #expect(total == 2)
    }
}
