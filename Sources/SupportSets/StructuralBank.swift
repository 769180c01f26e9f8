/// The structural memory bank `M_S`: every smoothed patch feature of every support image, L2-normalised.
///
/// Rows are ordered image, y, x. `core` holds a representative part of them for searches over the whole picture.
package struct StructuralBank: Sendable {
    package let imageCount: Int
    package let gridHeight: Int
    package let gridWidth: Int
    package let rows: BankRows

    /// A greedy selection of rows that lies close to all the others.
    package let core: BankRows

    package var channelCount: Int { rows.columnCount }

    package init(imageCount: Int, gridHeight: Int, gridWidth: Int, rows: BankRows, core: BankRows) {
        precondition(rows.rowCount == imageCount * gridHeight * gridWidth)
        precondition(core.columnCount == rows.columnCount)
        self.imageCount = imageCount
        self.gridHeight = gridHeight
        self.gridWidth = gridWidth
        self.rows = rows
        self.core = core
    }
}
