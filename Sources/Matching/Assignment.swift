package import LinearAlgebra

/// The cheapest pairing of rows with columns.
package struct Assignment: Equatable, Sendable {
    /// One row with its column and what pairing them costs.
    package struct Pair: Equatable, Sendable {
        package let row: Int
        package let column: Int
        package let cost: Float

        package init(row: Int, column: Int, cost: Float) {
            self.row = row
            self.column = column
            self.cost = cost
        }
    }

    /// In the order of the rows.
    package let pairs: [Pair]

    /// Rows without a partner (extra objects of the query), ascending.
    package let unmatchedRows: [Int]

    /// Columns without a partner (objects missing from the query), ascending.
    package let unmatchedColumns: [Int]

    /// The sum over the pairs, and over the unmatched where leaving them so has a cost.
    package let totalCost: Double

    package init(pairs: [Pair], unmatchedRows: [Int], unmatchedColumns: [Int], totalCost: Double) {
        self.pairs = pairs
        self.unmatchedRows = unmatchedRows
        self.unmatchedColumns = unmatchedColumns
        self.totalCost = totalCost
    }

    /// Solves one problem. Costs may have any sign; with unequal sides the rest of the longer one stays unmatched.
    ///
    /// - Throws: `MatchingError.costNotFinite` where a cost is NaN or infinite.
    package init(minimising costs: Matrix) throws(MatchingError) {
        var solver = AssignmentSolver()
        try self.init(minimising: costs, with: &solver)
    }

    /// Solves one problem in memory that is used again.
    package init(minimising costs: Matrix, with solver: inout AssignmentSolver) throws(MatchingError) {
        let total = try solver.solve(costs)
        self.init(reading: solver, costs: costs, totalCost: total) { _, _ in true }
    }

    /// Collects what a solver found; a pair that `keeps` refuses counts as two unmatched sides.
    init(
        reading solver: borrowing AssignmentSolver, costs: Matrix, totalCost: Double,
        keeps: (_ row: Int, _ column: Int) -> Bool
    ) {
        var pairs: [Pair] = []
        pairs.reserveCapacity(min(costs.rowCount, costs.columnCount))
        var unmatchedRows: [Int] = []
        var isMatched = [Bool](repeating: false, count: costs.columnCount)
        for row in 0..<costs.rowCount {
            guard let column = solver.column(ofRow: row), keeps(row, column) else {
                unmatchedRows.append(row)
                continue
            }
            pairs.append(Pair(row: row, column: column, cost: costs[row, column]))
            isMatched[column] = true
        }
        self.init(
            pairs: pairs, unmatchedRows: unmatchedRows,
            unmatchedColumns: isMatched.indices.filter { !isMatched[$0] }, totalCost: totalCost)
    }
}
