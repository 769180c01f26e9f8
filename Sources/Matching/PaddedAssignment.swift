package import LinearAlgebra

/// The cheapest pairing where leaving a row or a column unmatched is a legal choice with a price.
///
/// It is the optimum of the padded square with one dummy column for each row and one dummy row for each column. The
/// square itself is never built: pairing (i, j) saves `rowCosts[i] + columnCosts[j] − C_ij` against leaving both alone,
/// so it suffices to solve the rectangular problem of these differences cut off at zero and to drop the pairs that save
/// nothing.
package struct PaddedAssignment: Equatable, Sendable {
    /// Pairs with their own costs; the total includes what the unmatched cost.
    package let assignment: Assignment

    /// - Parameters:
    ///   - costs: one row an object of the query, one column an object of the support image; +∞ forbids a pair.
    ///   - rowCosts: what leaving each row unmatched costs.
    ///   - columnCosts: what leaving each column unmatched costs.
    /// - Throws: `MatchingError` where a cost is NaN or −∞, or an unmatched cost not finite.
    package init(
        minimising costs: Matrix, unmatchedRows rowCosts: [Float], unmatchedColumns columnCosts: [Float],
        with solver: inout AssignmentSolver
    ) throws(MatchingError) {
        precondition(rowCosts.count == costs.rowCount && columnCosts.count == costs.columnCount)
        for (index, cost) in (rowCosts + columnCosts).enumerated() where !cost.isFinite {
            throw .unmatchedCostNotFinite(index: index < rowCosts.count ? index : index - rowCosts.count)
        }
        let saved = try solver.solve(costs, lessRows: rowCosts, lessColumns: columnCosts)
        var total = saved
        for cost in rowCosts { total += Double(cost) }
        for cost in columnCosts { total += Double(cost) }
        assignment = Assignment(reading: solver, costs: costs, totalCost: total) { row, column in
            Double(costs[row, column]) <= Double(rowCosts[row]) + Double(columnCosts[column])
        }
    }
}
