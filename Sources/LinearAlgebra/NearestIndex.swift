internal import CNearest

/// Rows of floats prepared for many searches: beside them a copy in 8 bits tells which few rows can be the nearest to a
/// query, and only these are multiplied as floats.
///
/// What is found is what the floats alone would find, to their rounding. Where more than 64 rows lie closer to the
/// nearest than 8 bits can tell apart, at least the best 32 by the copy are looked at: then a product may be too small by
/// the copy's rounding, of the order of 1e-4 for unit rows.
///
/// Quantised once, about 5 ms for 16 384 rows of 152; the copy takes a byte an element, up to 1.6 where it is made for
/// a grid.
@safe package final class NearestIndex: @unchecked Sendable {
    /// Where queries look for rows when both lie on grids (`NearestIndex.largestProductsNear`).
    package struct Window: Sendable {
        package let height: Int
        package let width: Int
        package let imageCount: Int
        package let bankHeight: Int

        /// - Parameters:
        ///   - height, width: the queries' grid.
        ///   - bankHeight: of each image's grid of rows, which has about twice as many cells a side.
        package init(height: Int, width: Int, imageCount: Int, bankHeight: Int) {
            precondition(height >= 0 && width >= 0 && imageCount >= 0 && bankHeight >= 0)
            self.height = height
            self.width = width
            self.imageCount = imageCount
            self.bankHeight = bankHeight
        }
    }

    /// Grids of rows that queries look for around their own place.
    package struct Grid: Sendable {
        package let width: Int
        package let reach: Int

        /// - Parameters:
        ///   - width: how many rows of the bank one row of its grid has.
        ///   - reach: how many cells of the bank's grid from its own place a query looks.
        package init(width: Int, reach: Int) {
            precondition(width > 0 && reach >= 0)
            self.width = width
            self.reach = reach
        }
    }

    // unsafe: made in `init`, only read until `deinit`.
    private let index: OpaquePointer
    private let rowCount: Int
    private let width: Int
    private let grid: Grid?

    /// - Parameters:
    ///   - rows: finite, whole rows of `width`.
    ///   - grid: given where only `largestProductsNear` is asked for, which needs it.
    /// - Returns: nil where the processor does not multiply 8-bit integers faster than floats (AVX-512 VNNI), and where
    ///   there is nothing to search.
    package init?(rows: UnsafeBufferPointer<Float>, width: Int, grid: Grid? = nil) {
        guard width > 0, !rows.isEmpty else { return nil }
        precondition(rows.count % width == 0)
        rowCount = rows.count / width
        self.width = width
        self.grid = grid
        guard
            let index = unsafe assay_nearest_make(
                rows.baseAddress, rowCount, width, grid?.width ?? 0, grid?.reach ?? 0)
        else { return nil }
        unsafe self.index = index
    }

    deinit { unsafe assay_nearest_free(index) }

    /// Whether this processor gains from an index.
    package static var isOfUse: Bool { assay_nearest_is_fast() }

    /// The largest product of each query with any row.
    ///
    /// - Parameter rows: what the index was made of.
    /// - Precondition: queries are finite and as wide as the rows.
    package func largestProducts(of queries: Matrix, with rows: UnsafeBufferPointer<Float>) -> [Float] {
        precondition(queries.columnCount == width && rows.count == rowCount * width && grid == nil)
        guard queries.rowCount > 0 else { return [] }
        return unsafe products(of: queries) { queries, products in
            unsafe assay_nearest_search(
                index, rows.baseAddress, queries.baseAddress, products.count, products.baseAddress)
        }
    }

    /// The largest product of each query with the rows around its own place, in every second row of every image's grid; −1
    /// where it sees none.
    package func largestProductsNear(
        _ queries: Matrix, with rows: UnsafeBufferPointer<Float>, window: Window
    ) -> [Float] {
        precondition(queries.columnCount == width && rows.count == rowCount * width)
        precondition(queries.rowCount == window.height * window.width)
        precondition(grid.map { rowCount == window.imageCount * window.bankHeight * $0.width } == true)
        guard queries.rowCount > 0 else { return [] }
        let place = assay_nearest_window(
            height: window.height, width: window.width, images: window.imageCount, rows: window.bankHeight)
        return unsafe products(of: queries) { queries, products in
            unsafe assay_nearest_search_near(
                index, rows.baseAddress, queries.baseAddress, place, products.baseAddress)
        }
    }

    private func products(
        of queries: Matrix, _ search: (UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Bool
    ) -> [Float] {
        unsafe [Float](unsafeUninitializedCapacity: queries.rowCount) { products, count in
            let target = unsafe UnsafeMutableBufferPointer(rebasing: products[..<queries.rowCount])
            let isDone = unsafe queries.elements.withUnsafeBufferPointer { unsafe search($0, target) }
            // Swift's own allocations trap without memory as well.
            precondition(isDone, "no memory for a search")
            count = queries.rowCount
        }
    }
}
