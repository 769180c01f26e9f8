/// A dense matrix of floats, stored flat and row by row.
package struct Matrix: Equatable, Sendable {
    package let rowCount: Int
    package let columnCount: Int

    /// `rowCount * columnCount` values; row `r` starts at `r * columnCount`.
    package var elements: [Float]

    package init(rowCount: Int, columnCount: Int, elements: [Float]) {
        precondition(rowCount >= 0 && columnCount >= 0 && elements.count == rowCount * columnCount)
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.elements = elements
    }

    package init(repeating value: Float, rowCount: Int, columnCount: Int) {
        self.init(
            rowCount: rowCount, columnCount: columnCount,
            elements: [Float](repeating: value, count: rowCount * columnCount))
    }

    package subscript(row: Int, column: Int) -> Float {
        get { elements[row * columnCount + column] }
        set { elements[row * columnCount + column] = newValue }
    }
}
