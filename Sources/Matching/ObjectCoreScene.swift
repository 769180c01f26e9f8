package import LinearAlgebra

/// The objects of one image as ObjectCore compares them.
package struct ObjectCoreScene: Equatable, Sendable {
    /// One row an object: the mean feature under its mask.
    package let representations: Matrix

    /// Mask pixels over image pixels, 0...1, of each object.
    package let areas: [Float]

    package init(representations: Matrix, areas: [Float]) {
        precondition(areas.count == representations.rowCount)
        self.representations = representations
        self.areas = areas
    }

    /// `d_C = d_cos(oᵢ, oⱼ) + γ |Aᵢ − Aⱼ|` (ObjectCore, equation 6), one row an object of this scene.
    ///
    /// - Parameter areaWeight: γ.
    package func costs(against other: ObjectCoreScene, areaWeight: Float = 0.1) -> Matrix {
        guard !areas.isEmpty, !other.areas.isEmpty else {
            return Matrix(repeating: 0, rowCount: areas.count, columnCount: other.areas.count)
        }
        var costs = PairwiseDistances.cosine(representations, other.representations)
        for (row, area) in areas.enumerated() {
            for (column, otherArea) in other.areas.enumerated() {
                costs[row, column] += areaWeight * abs(area - otherArea)
            }
        }
        return costs
    }

    /// The support image to match against: the one whose mean feature is nearest by cosine distance, of several the
    /// first.
    ///
    /// - Parameter means: one row a support image, at least one.
    package static func nearest(to mean: [Float], among means: Matrix) -> Int {
        precondition(means.rowCount > 0 && means.columnCount == mean.count)
        let query = Matrix(rowCount: 1, columnCount: mean.count, elements: mean)
        let distances = PairwiseDistances.cosine(query, means).elements
        return distances.indices.reduce(0) { distances[$1] < distances[$0] ? $1 : $0 }
    }
}
