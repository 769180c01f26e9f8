package import LinearAlgebra

/// Solves rectangular linear assignment problems: pairs every row or every column of the shorter side with a partner of
/// its own so that the sum of the costs is smallest.
///
/// Shortest augmenting paths after Jonker and Volgenant (1987): column reduction where the matrix is square, two rounds
/// of augmenting row reduction, then Dijkstra's search for the rows left over. All arithmetic is in doubles. Memory is
/// kept between calls, so solving many problems of a size allocates once.
package struct AssignmentSolver: ~Copyable {
    private var work = AssignmentWorkspace()

    /// The problem is solved with rows and columns exchanged, so that no row is left over.
    private var isTransposed = false

    // Partners in the solved (perhaps exchanged) orientation, −1 for none.
    private var columnOfRow: [Int] = []
    private var rowOfColumn: [Int] = []

    private var freeRows: [Int] = []
    private var freeColumns: [Int] = []

    // The search for one path: rows in the order reached, each with its offset; a column scanned led to the row after.
    private var scannedRows: [Int] = []
    private var offsets: [Double] = []
    private var scannedColumns: [Int] = []
    private var scannedDistances: [Double] = []
    private var scannedPrices: [Double] = []

    package init() {}

    /// Finds the pairing of smallest total cost and returns this total.
    ///
    /// - Throws: `MatchingError.costNotFinite` where a cost is NaN or infinite.
    @discardableResult
    package mutating func solve(_ costs: Matrix) throws(MatchingError) -> Double {
        try solve(costs) { cost, _, _ in Double(cost) }
    }

    /// Solves for `min(0, C_ij − rowCosts[i] − columnCosts[j])`, where +∞ is a legal cost.
    mutating func solve(
        _ costs: Matrix, lessRows rowCosts: [Float], lessColumns columnCosts: [Float]
    ) throws(MatchingError) -> Double {
        try solve(costs) { cost, row, column in
            let difference = Double(cost) - (Double(rowCosts[row]) + Double(columnCosts[column]))
            return difference > 0 ? 0 : difference
        }
    }

    @inline(__always)
    private mutating func solve(
        _ costs: Matrix, _ adjusted: (_ cost: Float, _ row: Int, _ column: Int) -> Double
    ) throws(MatchingError) -> Double {
        begin(rowCount: costs.rowCount, columnCount: costs.columnCount)
        let width = costs.columnCount
        let isSquare = costs.rowCount == width
        let isFinite = unsafe costs.elements.withUnsafeBufferPointer { values in
            var isFinite = true
            // Every index lies inside `elements`, whose size the matrix guarantees.
            for row in 0..<work.rowCount {
                let rowIsFinite: Bool
                if isTransposed {
                    rowIsFinite = work.load(row: row) { adjusted(unsafe values[$0 * width + row], $0, row) }
                } else {
                    let rowValues = unsafe UnsafeBufferPointer(rebasing: values[row * width..<(row + 1) * width])
                    rowIsFinite = work.load(row: row) { adjusted(unsafe rowValues[$0], row, $0) }
                    if isSquare { work.lowerPrices(toRow: row) }
                }
                isFinite = isFinite && rowIsFinite
            }
            return isFinite
        }
        guard isFinite else { throw firstNotFinite(columnCount: width) }
        return assign()
    }

    /// The partner of a row of the problem solved last, or nil.
    package func column(ofRow row: Int) -> Int? {
        let partner = isTransposed ? rowOfColumn[row] : columnOfRow[row]
        return partner < 0 ? nil : partner
    }

    /// The partner of a column of the problem solved last, or nil.
    package func row(ofColumn column: Int) -> Int? {
        let partner = isTransposed ? columnOfRow[column] : rowOfColumn[column]
        return partner < 0 ? nil : partner
    }

    private mutating func begin(rowCount: Int, columnCount: Int) {
        isTransposed = rowCount > columnCount
        // Column reduction, where there is one, starts from prices above every cost.
        work.reset(
            rowCount: min(rowCount, columnCount), columnCount: max(rowCount, columnCount),
            price: rowCount == columnCount ? .infinity : 0)
        Self.fill(&columnOfRow, count: work.rowCount)
        Self.fill(&rowOfColumn, count: work.columnCount)
    }

    private static func fill(_ partners: inout [Int], count: Int) {
        partners.removeAll(keepingCapacity: true)
        partners.append(contentsOf: repeatElement(-1, count: count))
    }

    private func firstNotFinite(columnCount: Int) -> MatchingError {
        for row in 0..<(isTransposed ? work.columnCount : work.rowCount) {
            for column in 0..<columnCount {
                let cost = isTransposed ? work.cost(row: column, column: row) : work.cost(row: row, column: column)
                if !cost.isFinite { return .costNotFinite(row: row, column: column) }
            }
        }
        preconditionFailure("all costs are finite")
    }

    private mutating func assign() -> Double {
        guard work.rowCount > 0 else { return 0 }
        freeRows.removeAll(keepingCapacity: true)
        if work.rowCount == work.columnCount {
            takeTightColumns()
        } else {
            freeRows.append(contentsOf: 0..<work.rowCount)
        }
        if work.columnCount > 1 {
            for _ in 0..<2 where !freeRows.isEmpty { reduceAugmentingRows() }
        }
        freeColumns.removeAll(keepingCapacity: true)
        if !freeRows.isEmpty {
            for column in 0..<work.columnCount where rowOfColumn[column] < 0 { freeColumns.append(column) }
            for row in freeRows { augment(from: row) }
        }
        var total = 0.0
        for row in 0..<work.rowCount { total += work.cost(row: row, column: columnOfRow[row]) }
        return total
    }

    /// Gives each row one of the columns it is the cheapest for; the prices are the smallest costs of the columns.
    ///
    /// For square problems only: elsewhere a column left over must keep the price zero.
    private mutating func takeTightColumns() {
        for row in 0..<work.rowCount {
            var next = work.firstTightColumn(row: row, from: 0)
            while let column = next {
                if rowOfColumn[column] < 0 {
                    pair(row, column)
                    break
                }
                next = work.firstTightColumn(row: row, from: column + 1)
            }
            if next == nil { freeRows.append(row) }
        }
    }

    /// One round of augmenting row reduction: each free row takes its cheapest column, lowers the column's price as far
    /// as its second choice allows, and the row it drove out tries at once or, where no price fell, in the next round.
    private mutating func reduceAugmentingRows() {
        var pending = 0
        var kept = 0
        let freeCount = freeRows.count
        // Prices fall in ever smaller steps for some costs; past this many steps the exact search is cheaper.
        var stepsLeft = work.rowCount
        while pending < freeCount {
            let row = freeRows[pending]
            pending += 1
            let (smallest, second) = work.twoSmallest(row: row)
            guard var column = work.firstColumn(row: row, reducedCost: smallest, from: 0) else { continue }
            let price = work[price: column]
            let lowered = price - (second - smallest)
            let isLowered = lowered < price
            if isLowered {
                work[price: column] = lowered
            } else if rowOfColumn[column] >= 0,
                let other = work.firstColumn(row: row, reducedCost: smallest, from: column + 1)
            {
                column = other
            }
            let driven = rowOfColumn[column]
            pair(row, column)
            guard driven >= 0 else { continue }
            columnOfRow[driven] = -1
            stepsLeft -= 1
            if isLowered, stepsLeft > 0 {
                pending -= 1
                freeRows[pending] = driven
            } else {
                freeRows[kept] = driven
                kept += 1
            }
        }
        freeRows.removeLast(freeCount - kept)
    }

    private mutating func pair(_ row: Int, _ column: Int) {
        columnOfRow[row] = column
        rowOfColumn[column] = row
    }

    /// Finds the shortest alternating path from a free row to a free column and exchanges the pairs along it.
    private mutating func augment(from freeRow: Int) {
        scannedRows.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        scannedColumns.removeAll(keepingCapacity: true)
        scannedDistances.removeAll(keepingCapacity: true)
        scannedPrices.removeAll(keepingCapacity: true)
        scannedRows.append(freeRow)
        offsets.append(0)

        var distance = work.startDistances(row: freeRow)
        var lastDistance = -Double.infinity
        var column = work.firstColumn(distance: distance)
        while rowOfColumn[column] >= 0 {
            // Among columns equally far a free one ends the search; looking for it pays only where distances repeat.
            if distance == lastDistance, let free = freeColumns.first(where: { work.distance(column: $0) == distance })
            {
                column = free
                break
            }
            let row = rowOfColumn[column]
            scannedColumns.append(column)
            scannedDistances.append(distance)
            scannedPrices.append(work[price: column])
            let offset = work.reducedCost(row: row, column: column) - distance
            scannedRows.append(row)
            offsets.append(offset)
            work.hide(column: column)
            lastDistance = distance
            distance = work.relax(row: row, offset: offset)
            column = work.firstColumn(distance: distance)
        }
        if let place = freeColumns.firstIndex(of: column) {
            freeColumns.swapAt(place, freeColumns.count - 1)
            freeColumns.removeLast()
        }
        exchange(endingAt: column, distance: distance)
        for (index, column) in scannedColumns.enumerated() {
            work[price: column] = scannedPrices[index] + (scannedDistances[index] - distance)
        }
    }

    /// Walks the path back and exchanges its pairs.
    ///
    /// No predecessor is stored while distances shrink: the row that gave a column its distance is the one for which the
    /// same arithmetic gives the same number again. That keeps the inner loop free of masks.
    private mutating func exchange(endingAt end: Int, distance endDistance: Double) {
        var column = end
        var distance = endDistance
        var price = work[price: end]
        var reachable = scannedRows.count
        while true {
            var index = 0
            while (work.cost(row: scannedRows[index], column: column) - price) - offsets[index] != distance {
                index += 1
                precondition(index < reachable, "a shortest path lost its way")
            }
            pair(scannedRows[index], column)
            guard index > 0 else { return }
            reachable = index
            column = scannedColumns[index - 1]
            distance = scannedDistances[index - 1]
            price = scannedPrices[index - 1]
        }
    }
}
