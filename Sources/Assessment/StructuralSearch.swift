package import Inference
package import LinearAlgebra
package import SupportSets

/// How far each part of an image is from everything the good images show.
package struct StructuralMap: Sendable {
    package let height: Int
    package let width: Int

    /// The smallest cosine distance to the bank, row by row.
    package var distances: [Float]

    package init(height: Int, width: Int, distances: [Float]) {
        precondition(distances.count == height * width)
        self.height = height
        self.width = width
        self.distances = distances
    }

    /// The mean of the largest `fraction` of the values, at least one.
    package func topMean(fraction: Float) -> Float {
        let count = max(1, Int((fraction * Float(distances.count)).rounded(.up)))
        return distances.sorted(by: >).prefix(count).reduce(0, +) / Float(count)
    }

    /// Each value replaced by the mean of its 3×3 neighbourhood: one odd cell is noise, a defect is not.
    package func smoothed() -> StructuralMap {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                var sum: Float = 0
                var count: Float = 0
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) {
                        sum += distances[row * width + column]
                        count += 1
                    }
                }
                result.distances[y * width + x] = sum / count
            }
        }
        return result
    }
}

/// Nearest-neighbour search of an image's patches in the structural bank, for the method `assay`.
///
/// Features are smoothed over 5×5 cells, so every second cell carries all there is: a quarter of the queries, and with
/// them a quarter of the time. ObjectCore's own map (every patch against every patch) is `ObjectCoreJudge`'s.
package struct StructuralSearch: Sendable {
    private let bank: StructuralBank
    private let structure: SupportSetManifest.Structure
    private let search: BankSearch

    /// Prepares a bank to be searched as `structure` says; what takes long is done here and not for each frame.
    ///
    /// - Parameter isIndexed: whether a copy in 8 bits does the first part of the work; the map is the same.
    package init(
        bank: StructuralBank, structure: SupportSetManifest.Structure, isIndexed: Bool = NearestIndex.isOfUse
    ) {
        self.bank = bank
        self.structure = structure
        search =
            structure.isAligned
            ? BankSearch(
                bank.rows, grid: NearestIndex.Grid(width: bank.gridWidth, reach: structure.reach), isIndexed: isIndexed)
            : BankSearch(bank.core, isIndexed: isIndexed)
    }

    /// Every second cell of a grid, L2-normalised.
    package static func queries(of features: FeatureGrid) -> (rows: Matrix, height: Int, width: Int) {
        let height = (features.height + 1) / 2
        let width = (features.width + 1) / 2
        var elements: [Float] = []
        elements.reserveCapacity(height * width * features.channelCount)
        for y in stride(from: 0, to: features.height, by: 2) {
            for x in stride(from: 0, to: features.width, by: 2) {
                let start = (y * features.width + x) * features.channelCount
                elements += features.values[start..<(start + features.channelCount)]
            }
        }
        var rows = Matrix(rowCount: height * width, columnCount: features.channelCount, elements: elements)
        rows.normaliseRows()
        return (rows, height, width)
    }

    /// The map of an image against a bank that is searched only once.
    package static func map(
        of features: FeatureGrid, bank: StructuralBank, structure: SupportSetManifest.Structure
    ) -> StructuralMap {
        StructuralSearch(bank: bank, structure: structure).map(of: features)
    }

    /// The map of an image.
    package func map(of features: FeatureGrid) -> StructuralMap {
        let (rows, height, width) = Self.queries(of: features)
        return StructuralMap(
            height: height, width: width,
            distances: structure.isAligned ? near(rows, height: height, width: width) : search.distances(from: rows))
    }

    /// Each patch's smallest cosine distance to any row of a bank (ObjectCore, eq. 4), one value a cell.
    static func everywhere(_ features: FeatureGrid, in bank: BankSearch) -> [Float] {
        var queries = Matrix(
            rowCount: features.cellCount, columnCount: features.channelCount, elements: features.values)
        queries.normaliseRows()
        return bank.distances(from: queries)
    }

    private func near(_ queries: Matrix, height: Int, width: Int) -> [Float] {
        let window = NearestIndex.Window(
            height: height, width: width, imageCount: bank.imageCount, bankHeight: bank.gridHeight)
        return search.distances(from: queries, window: window)
            ?? Self.near(queries, width: width, bank: bank, reach: structure.reach)
    }

    /// Looks for each query only at most `reach` cells away from its own place in every support image, in every second
    /// row from its own.
    private static func near(_ queries: Matrix, width: Int, bank: StructuralBank, reach: Int) -> [Float] {
        let height = queries.rowCount / max(width, 1)
        let channels = bank.channelCount
        var best = [Float](repeating: -1, count: queries.rowCount)
        var products = [Float](repeating: 0, count: width * bank.gridWidth)
        unsafe bank.rows.withElements { elements in
            for y in 0..<height {
                // Smoothed rows next to each other hold nearly the same: every second one will do, its own included.
                for bankRow in stride(
                    from: max(0, 2 * y - reach + reach % 2), to: min(bank.gridHeight, 2 * y + reach + 1), by: 2)
                {
                    for image in 0..<bank.imageCount {
                        let first = (image * bank.gridHeight + bankRow) * bank.gridWidth * channels
                        let cells = unsafe UnsafeBufferPointer(
                            rebasing: elements[first..<(first + bank.gridWidth * channels)])
                        unsafe queries.elements.withUnsafeBufferPointer { queries in
                            unsafe products.withUnsafeMutableBufferPointer { products in
                                let row = unsafe UnsafeBufferPointer(
                                    rebasing: queries[(y * width * channels)..<((y + 1) * width * channels)])
                                unsafe BLAS.multiply(row, transposed: cells, width: channels, into: products)
                            }
                        }
                        Self.keepLargest(
                            of: products, width: width, columns: bank.gridWidth, gridWidth: bank.gridWidth,
                            reach: reach, into: &best, at: y * width)
                    }
                }
            }
        }
        return best.map { max(0, 1 - $0) }
    }

    /// For each query of one row, the largest product with a bank cell within reach in x.
    private static func keepLargest(
        of products: [Float], width: Int, columns: Int, gridWidth: Int, reach: Int, into best: inout [Float],
        at start: Int
    ) {
        let products = products.span
        for x in 0..<width {
            let left = max(0, 2 * x - reach)
            let right = min(gridWidth, 2 * x + reach + 1)
            var largest = best[start + x]
            var row = x * columns
            let end = row + columns
            while row < end {
                for column in (row + left)..<(row + right) { largest = max(largest, products[column]) }
                row += gridWidth
            }
            best[start + x] = largest
        }
    }
}
