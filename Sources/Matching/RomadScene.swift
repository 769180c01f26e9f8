package import LinearAlgebra

/// The objects of one image as ROMAD compares them: embedding, context and area.
package struct RomadScene: Equatable, Sendable {
    /// One row an object: its embedding, then its context vector.
    package let vectors: Matrix

    /// Mask pixels of each object.
    package let areas: [Float]

    /// - Parameters:
    ///   - embeddings: one row an object; for no object the width does not matter.
    ///   - centres: box centres, pixels.
    ///   - hasContext: without it every context vector is zero (the paper's Table 2).
    package init(
        embeddings: Matrix, centres: [SIMD2<Float>], areas: [Float], neighbourCount: Int = 3, hasContext: Bool = true
    ) {
        precondition(areas.count == embeddings.rowCount)
        let context =
            hasContext
            ? Context.vectors(of: embeddings, centres: centres, neighbourCount: neighbourCount)
            : Matrix(repeating: 0, rowCount: embeddings.rowCount, columnCount: embeddings.columnCount)
        let width = embeddings.columnCount
        var elements: [Float] = []
        elements.reserveCapacity(2 * embeddings.elements.count)
        for row in areas.indices {
            elements.append(contentsOf: embeddings.elements[row * width..<(row + 1) * width])
            elements.append(contentsOf: context.elements[row * width..<(row + 1) * width])
        }
        vectors = Matrix(rowCount: areas.count, columnCount: 2 * width, elements: elements)
        self.areas = areas
    }

    package var objectCount: Int { areas.count }

    /// `C_ij = ‖xᵢ − xⱼ‖₂ / (2d) + λ |aᵢ − aⱼ| / (aᵢ + aⱼ)` (ROMAD, equations 4 and 5); two zero areas differ by 0.
    ///
    /// One row an object of this scene, one column an object of the other.
    package func costs(against other: RomadScene, areaWeight: Float) -> Matrix {
        guard objectCount > 0, other.objectCount > 0 else {
            return Matrix(repeating: 0, rowCount: objectCount, columnCount: other.objectCount)
        }
        var costs = PairwiseDistances.euclidean(vectors, other.vectors)
        let scale = 1 / Float(max(vectors.columnCount, 1))
        for (row, area) in areas.enumerated() {
            for (column, otherArea) in other.areas.enumerated() {
                let sum = area + otherArea
                let difference = sum > 0 ? abs(area - otherArea) / sum : 0
                costs[row, column] = costs[row, column] * scale + areaWeight * difference
            }
        }
        return costs
    }
}
