package import LinearAlgebra

/// Context vectors of a composition (ROMAD 4.3).
package enum NeighbourWeights {
    /// Row `i` holds the normalised weights of the objects near object `i`: `(1 + Δ)⁻¹` of the `nearest` nearest.
    ///
    /// - Parameter centres: object centres in pixels.
    package static func matrix(centres: [SIMD2<Float>], nearest: Int) -> Matrix {
        let count = centres.count
        var weights = Matrix(repeating: 0, rowCount: count, columnCount: count)
        for row in 0..<count {
            var candidates: [(index: Int, weight: Float)] = []
            for column in 0..<count where column != row {
                let offset = centres[row] - centres[column]
                candidates.append((column, 1 / (1 + (offset * offset).sum().squareRoot())))
            }
            candidates.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.index < $1.index }
            let kept = candidates.prefix(nearest)
            let total = kept.reduce(Float(0)) { $0 + $1.weight }
            guard total > 0 else { continue }
            for (index, weight) in kept { weights[row, index] = weight / total }
        }
        return weights
    }
}

extension Composition {
    /// Sets each object's context: the weighted mean of its three nearest neighbours' representations.
    ///
    /// - Parameter longSide: the image's longer side in pixels, the unit of the centres.
    package mutating func measureContext(longSide: Float) {
        let centres = objects.map { SIMD2($0.descriptor.centreX, $0.descriptor.centreY) * longSide }
        let weights = NeighbourWeights.matrix(centres: centres, nearest: 3)
        let representations = objects.map(\.descriptor.representation)
        for row in objects.indices {
            var context = [Float](repeating: 0, count: meanFeature.count)
            for column in objects.indices where weights[row, column] > 0 {
                for channel in context.indices {
                    context[channel] += weights[row, column] * representations[column][channel]
                }
            }
            objects[row].descriptor.context = context
        }
    }
}
