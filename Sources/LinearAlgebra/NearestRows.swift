/// Finds for each query row the nearest row of a bank by cosine distance, in bounded memory.
///
/// Queries and bank have rows of length 1 or of zeros. A zero vector is at distance 1 from every other vector and at
/// distance 0 from another zero vector. Keep one finder a thread: its scratch block is used again.
package struct NearestRows: Sendable {
    /// What was found for one query row.
    package struct Match: Equatable, Sendable {
        /// The bank row, or −1 where the bank is empty.
        package let index: Int

        /// Cosine distance, 0...2; 1 where the bank is empty.
        package let distance: Float
    }

    // Together 1 MiB of products: large enough for the product kernel, small enough for the second-level cache.
    private static let queriesPerBlock = 256
    private static let bankRowsPerBlock = 1024

    private var products: [Float] = []
    private var best: [Float] = []

    package init() {}

    /// The distance from each query row to its nearest bank row.
    package mutating func distances(from queries: Matrix, to bank: Matrix) -> [Float] {
        precondition(queries.columnCount == bank.columnCount)
        return unsafe bank.elements.withUnsafeBufferPointer { unsafe distances(from: queries, to: $0) }
    }

    /// The distance from each query row to its nearest row of a bank that is only mapped or lent.
    ///
    /// - Precondition: `bank` holds whole rows as wide as the queries'.
    package mutating func distances(from queries: Matrix, to bank: UnsafeBufferPointer<Float>) -> [Float] {
        unsafe searchBest(queries, bank) { _, _, _, _ in }
        return unsafe distances(of: queries, bank: bank)
    }

    /// The nearest bank row of each query row; of several equally near the first.
    package mutating func matches(from queries: Matrix, to bank: Matrix) -> [Match] {
        precondition(queries.columnCount == bank.columnCount)
        return unsafe bank.elements.withUnsafeBufferPointer { unsafe matches(from: queries, to: $0) }
    }

    /// The nearest row of each query row in a bank that is only mapped or lent; of several equally near the first.
    ///
    /// - Precondition: `bank` holds whole rows as wide as the queries'.
    package mutating func matches(from queries: Matrix, to bank: UnsafeBufferPointer<Float>) -> [Match] {
        var indices = [Int](repeating: -1, count: queries.rowCount)
        unsafe searchBest(queries, bank) { query, maximum, products, firstBankRow in
            guard let place = unsafe products.firstIndex(of: maximum) else { return }
            indices[query] = firstBankRow + place
        }
        let distances = unsafe distances(of: queries, bank: bank)
        for (query, distance) in distances.enumerated() where distance == 0 && best[query] == 0 {
            // A zero query matched a zero row: name that row.
            indices[query] = unsafe Self.firstZeroRow(bank, width: queries.columnCount) ?? indices[query]
        }
        return zip(indices, distances).map { Match(index: $0, distance: $1) }
    }

    /// Leaves the largest product of each query row in `best`, and reports each time a block raises it.
    private mutating func searchBest(
        _ queries: Matrix, _ bank: UnsafeBufferPointer<Float>,
        onRise: (_ query: Int, _ maximum: Float, _ products: UnsafeBufferPointer<Float>, _ firstBankRow: Int) -> Void
    ) {
        let width = queries.columnCount
        precondition(width > 0 ? bank.count % width == 0 : bank.isEmpty)
        best.removeAll(keepingCapacity: true)
        best.append(contentsOf: repeatElement(-.infinity, count: queries.rowCount))
        let bankRowCount = width > 0 ? bank.count / width : 0
        guard bankRowCount > 0, queries.rowCount > 0 else { return }
        let blockSize = min(Self.queriesPerBlock, queries.rowCount) * min(Self.bankRowsPerBlock, bankRowCount)
        if products.count < blockSize { products = [Float](repeating: 0, count: blockSize) }
        unsafe queries.elements.withUnsafeBufferPointer { queryValues in
            unsafe products.withUnsafeMutableBufferPointer { products in
                for firstQuery in stride(from: 0, to: queries.rowCount, by: Self.queriesPerBlock) {
                    let endQuery = min(firstQuery + Self.queriesPerBlock, queries.rowCount)
                    let queryBlock = unsafe UnsafeBufferPointer(
                        rebasing: queryValues[firstQuery * width..<endQuery * width])
                    for firstRow in stride(from: 0, to: bankRowCount, by: Self.bankRowsPerBlock) {
                        let endRow = min(firstRow + Self.bankRowsPerBlock, bankRowCount)
                        let bankBlock = unsafe UnsafeBufferPointer(rebasing: bank[firstRow * width..<endRow * width])
                        unsafe BLAS.multiply(queryBlock, transposed: bankBlock, width: width, into: products)
                        let rowCount = endRow - firstRow
                        for query in firstQuery..<endQuery {
                            let start = (query - firstQuery) * rowCount
                            let row = unsafe UnsafeBufferPointer(rebasing: products[start..<start + rowCount])
                            let maximum = unsafe Self.maximum(row)
                            if maximum > best[query] {
                                best[query] = maximum
                                unsafe onRise(query, maximum, row, firstRow)
                            }
                        }
                    }
                }
            }
        }
    }

    private func distances(of queries: Matrix, bank: UnsafeBufferPointer<Float>) -> [Float] {
        var bankHasZeroRow: Bool?
        let width = queries.columnCount
        return best.enumerated().map { query, product in
            guard product.isFinite else { return bank.isEmpty ? 1 : .nan }
            if product == 0, queries.elements[query * width..<(query + 1) * width].allSatisfy({ $0 == 0 }) {
                let hasZeroRow = unsafe bankHasZeroRow ?? (Self.firstZeroRow(bank, width: width) != nil)
                bankHasZeroRow = hasZeroRow
                return hasZeroRow ? 0 : 1
            }
            return max(0, 1 - product)
        }
    }

    private static func firstZeroRow(_ bank: UnsafeBufferPointer<Float>, width: Int) -> Int? {
        (0..<bank.count / width).first { row in unsafe bank[row * width..<(row + 1) * width].allSatisfy { $0 == 0 } }
    }

    /// The largest of some values; −∞ for none.
    private static func maximum(_ values: UnsafeBufferPointer<Float>) -> Float {
        typealias Lanes = SIMD16<Float>
        var largest = Lanes(repeating: -.infinity)
        var index = 0
        while index + Lanes.scalarCount <= values.count {
            // Sixteen values from `index` on lie inside the buffer.
            let next = unsafe UnsafeRawPointer(values.baseAddress.unsafelyUnwrapped + index).loadUnaligned(
                as: Lanes.self)
            largest = largest.replacing(with: next, where: next .> largest)
            index += Lanes.scalarCount
        }
        var result = -Float.infinity
        for lane in 0..<Lanes.scalarCount where largest[lane] > result { result = largest[lane] }
        while index < values.count {
            unsafe result = Swift.max(result, values[index])
            index += 1
        }
        return result
    }
}
