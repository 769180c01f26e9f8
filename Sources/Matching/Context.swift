package import LinearAlgebra

/// What an object sees around it (ROMAD, section 4.3): the mean of its nearest neighbours, the nearer the weightier.
package enum Context {
    /// One row an object, as wide as `embeddings`; zero where an object is alone.
    ///
    /// `P_ij = (1 + ‖cᵢ − cⱼ‖)⁻¹` for j ≠ i, normalised over the `neighbourCount` nearest; of equally near objects the
    /// first are taken.
    /// - Parameter centres: the objects' box centres, pixels.
    package static func vectors(
        of embeddings: Matrix, centres: [SIMD2<Float>], neighbourCount: Int
    ) -> Matrix {
        precondition(centres.count == embeddings.rowCount && neighbourCount > 0)
        let width = embeddings.columnCount
        var context = Matrix(repeating: 0, rowCount: embeddings.rowCount, columnCount: width)
        var neighbours: [(object: Int, weight: Float)] = []
        for object in centres.indices {
            neighbours.removeAll(keepingCapacity: true)
            for other in centres.indices where other != object {
                let offset = centres[object] - centres[other]
                let distance = (offset * offset).sum().squareRoot()
                neighbours.append((other, 1 / (1 + distance)))
            }
            neighbours.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.object < $1.object }
            let nearest = neighbours.prefix(neighbourCount)
            var total: Float = 0
            for neighbour in nearest { total += neighbour.weight }
            // Objects infinitely far apart see nothing.
            guard total > 0 else { continue }
            for neighbour in nearest {
                let share = neighbour.weight / total
                for k in 0..<width {
                    context.elements[object * width + k] += share * embeddings.elements[neighbour.object * width + k]
                }
            }
        }
        return context
    }
}
