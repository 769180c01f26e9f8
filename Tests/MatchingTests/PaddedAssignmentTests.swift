import LinearAlgebra
import Matching
import Testing

struct PaddedAssignmentTests {
    private func solve(_ costs: Matrix, _ rows: [Float], _ columns: [Float]) throws -> Assignment {
        var solver = AssignmentSolver()
        return try PaddedAssignment(
            minimising: costs, unmatchedRows: rows, unmatchedColumns: columns, with: &solver
        ).assignment
    }

    /// The optimum of the square itself: each row's dummy column and each column's dummy row, dummies free together.
    private func squareTotal(_ costs: Matrix, _ rows: [Float], _ columns: [Float]) throws -> Double {
        let side = rows.count + columns.count
        let forbidden: Float = 1000
        var square = Matrix(repeating: forbidden, rowCount: side, columnCount: side)
        for (row, rowCost) in rows.enumerated() {
            for column in columns.indices { square[row, column] = min(costs[row, column], forbidden) }
            square[row, columns.count + row] = rowCost
        }
        for (column, columnCost) in columns.enumerated() {
            square[rows.count + column, column] = columnCost
            for dummy in rows.indices { square[rows.count + column, columns.count + dummy] = 0 }
        }
        return try Assignment(minimising: square).totalCost
    }

    @Test func theTotalIsThatOfThePaddedSquare() throws {
        for seed in UInt64(1)...600 {
            var generator = SeededGenerator(seed: seed)
            let rowCount = Int.random(in: 0...7, using: &generator)
            let columnCount = Int.random(in: 0...7, using: &generator)
            func value(_ range: ClosedRange<Float>) -> Float {
                let value = Float.random(in: range, using: &generator)
                return seed % 2 == 0 ? value : (value * 4).rounded() / 4
            }
            var costs = Matrix(repeating: 0, rowCount: rowCount, columnCount: columnCount)
            for index in costs.elements.indices {
                costs.elements[index] = Int.random(in: 0..<8, using: &generator) == 0 ? .infinity : value(0...1)
            }
            let rows = (0..<rowCount).map { _ in value(0...1) }
            let columns = (0..<columnCount).map { _ in value(-0.25...1) }
            let assignment = try solve(costs, rows, columns)
            let note = "seed \(seed), \(rowCount)×\(columnCount)"
            #expect(abs(assignment.totalCost - (try squareTotal(costs, rows, columns))) < 1e-5, "\(note)")
            var sum = 0.0
            for pair in assignment.pairs { sum += Double(pair.cost) }
            for row in assignment.unmatchedRows { sum += Double(rows[row]) }
            for column in assignment.unmatchedColumns { sum += Double(columns[column]) }
            #expect(abs(sum - assignment.totalCost) < 1e-5, "\(note)")
            #expect(assignment.pairs.count + assignment.unmatchedRows.count == rowCount, "\(note)")
            #expect(assignment.pairs.count + assignment.unmatchedColumns.count == columnCount, "\(note)")
        }
    }

    @Test func aDearPairIsLeftAsMissingAndExtra() throws {
        let costs = Matrix(rowCount: 2, columnCount: 2, elements: [0.1, 0.9, 0.9, 0.9])
        let assignment = try solve(costs, [0.4, 0.4], [0.4, 0.4])
        #expect(assignment.pairs == [.init(row: 0, column: 0, cost: 0.1)])
        #expect(assignment.unmatchedRows == [1] && assignment.unmatchedColumns == [1])
    }

    @Test func aPairThatCostsJustAsMuchIsKept() throws {
        let assignment = try solve(Matrix(repeating: 1, rowCount: 1, columnCount: 1), [0.5], [0.5])
        #expect(assignment.pairs.count == 1 && assignment.totalCost == 1)
    }

    @Test func aForbiddenPairIsNeverMade() throws {
        let assignment = try solve(Matrix(repeating: .infinity, rowCount: 2, columnCount: 1), [1, 2], [3])
        #expect(assignment.pairs.isEmpty && assignment.totalCost == 6)
    }

    @Test func aCostThatIsNoNumberIsRefused() throws {
        let sound = Matrix(repeating: 1, rowCount: 2, columnCount: 2)
        var broken = sound
        broken[1, 0] = .nan
        #expect(throws: MatchingError.costNotFinite(row: 1, column: 0)) { try solve(broken, [1, 1], [1, 1]) }
        #expect(throws: MatchingError.unmatchedCostNotFinite(index: 1)) { try solve(sound, [1, 1], [1, .infinity]) }
    }
}
