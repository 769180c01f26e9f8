internal import LinearAlgebra
internal import SupportSets

/// The rows of a bank, prepared once for the searches of many frames.
struct BankSearch: Sendable {
    private let bank: BankRows
    private let index: NearestIndex?
    private let hasZeroRow: Bool

    /// - Parameters:
    ///   - grid: given where all searches go by places.
    ///   - isIndexed: whether a copy in 8 bits does the first part of the work.
    init(_ bank: BankRows, grid: NearestIndex.Grid? = nil, isIndexed: Bool = NearestIndex.isOfUse) {
        self.bank = bank
        let width = bank.columnCount
        (index, hasZeroRow) = unsafe bank.withElements { elements in
            guard isIndexed, let index = unsafe NearestIndex(rows: elements, width: width, grid: grid) else {
                return (nil, false)
            }
            let hasZeroRow = stride(from: 0, to: elements.count, by: width).contains { start in
                unsafe elements[start..<(start + width)].allSatisfy { $0 == 0 }
            }
            return (index, hasZeroRow)
        }
        // The index says which few of the rows are to be read.
        if index != nil { bank.letGo() }
    }

    /// The smallest cosine distance of each query to any row; queries are of length 1 or zero.
    func distances(from queries: Matrix) -> [Float] {
        unsafe bank.withElements { elements in
            guard let index else {
                var finder = NearestRows()
                return unsafe finder.distances(from: queries, to: elements)
            }
            let products = unsafe index.largestProducts(of: queries, with: elements)
            return products.enumerated().map { query, product in
                product == 0 && isZero(query, of: queries) ? (hasZeroRow ? 0 : 1) : max(0, 1 - product)
            }
        }
    }

    /// The same where each query only looks around its own place; nil where the processor has no fast way for it.
    func distances(from queries: Matrix, window: NearestIndex.Window) -> [Float]? {
        guard let index else { return nil }
        return unsafe bank.withElements { elements in
            unsafe index.largestProductsNear(queries, with: elements, window: window).map { max(0, 1 - $0) }
        }
    }

    private func isZero(_ row: Int, of queries: Matrix) -> Bool {
        let width = queries.columnCount
        return queries.elements[(row * width)..<((row + 1) * width)].allSatisfy { $0 == 0 }
    }
}
