internal import CNearest

/// Rows of floats prepared for many searches: beside them a copy in 8 bits tells which few rows can be the nearest to a
/// query, and only these are multiplied as floats.
///
/// What is found is what the floats alone would find, to their rounding. Where more than 64 rows lie closer to the
/// nearest than 8 bits can tell apart, at least the best 32 by the copy are looked at: then a product may be too small by
/// the copy's rounding, of the order of 1e-4 for unit rows.
///
/// Quantised once, about 5 ms for 16 384 rows of 152; the copy takes a byte an element.
@safe package final class NearestIndex: @unchecked Sendable {
    /// Where queries look for rows when both lie on grids (`NearestIndex.largestProductsNear`).
    package struct Window: Sendable {
        package let height: Int
        package let width: Int
        package let imageCount: Int
        package let bankHeight: Int
        package let reach: Int

        /// - Parameters:
        ///   - height, width: the queries' grid.
        ///   - bankHeight: of each image's grid of rows, which has about twice as many cells a side.
        ///   - reach: how many cells of the bank's grid from its own place a query looks.
        package init(height: Int, width: Int, imageCount: Int, bankHeight: Int, reach: Int) {
            precondition(height >= 0 && width >= 0 && imageCount >= 0 && bankHeight >= 0 && reach >= 0)
            self.height = height
            self.width = width
            self.imageCount = imageCount
            self.bankHeight = bankHeight
            self.reach = reach
        }
    }

    // unsafe: made in `init`, only read until `deinit`.
    private let index: OpaquePointer
    private let rowCount: Int
    private let width: Int
    private let strip: Int

    /// - Parameters:
    ///   - rows: finite, whole rows of `width`.
    ///   - strip: how many rows one row of a grid has; all unless given.
    /// - Returns: nil where the processor does not multiply 8-bit integers faster than floats (AVX-512 VNNI), and where
    ///   there is nothing to search.
    package init?(rows: UnsafeBufferPointer<Float>, width: Int, strip: Int? = nil) {
        guard width > 0, !rows.isEmpty else { return nil }
        precondition(rows.count % width == 0)
        rowCount = rows.count / width
        self.width = width
        self.strip = strip ?? rowCount
        guard let index = unsafe assay_nearest_make(rows.baseAddress, rowCount, width, self.strip) else { return nil }
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
        precondition(queries.columnCount == width && rows.count == rowCount * width)
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
        precondition(rowCount == window.imageCount * window.bankHeight * strip)
        guard queries.rowCount > 0 else { return [] }
        let place = assay_nearest_window(
            height: window.height, width: window.width, images: window.imageCount, rows: window.bankHeight,
            reach: window.reach)
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
