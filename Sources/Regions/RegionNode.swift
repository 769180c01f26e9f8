package import Imaging

/// One region of a hierarchy: a piece of the watershed or a join of two regions.
package struct RegionNode: Sendable {
    /// The region it is joined into; nil at a root.
    package let parent: Int?

    /// The two regions it is joined from; nil for a leaf.
    package let children: (first: Int, second: Int)?

    /// The leaves it holds.
    package let leaves: Range<Int>

    /// The strength of the border given up when it came to be (0 for a leaf) and of the border between it and the
    /// region it is joined with (1 for a root), both boundary probabilities. Between the two it stands on its own.
    package let birth: Float
    package let death: Float

    /// In pixels of the maps' grid.
    package let area: Int
    package let box: PixelBox

    /// The mean of its pixel centres: the centre of the first pixel of the grid is (0.5, 0.5).
    package let centroid: (x: Double, y: Double)
    package let moments: RegionMoments

    package let meanObject: Float
    package let largestDistance: Float

    /// The mean boundary probability over its pixels that touch, also by a corner, what is not of it.
    package let rimBoundary: Float

    /// Whether it touches the edge of the picture.
    package let touchesFrame: Bool

    /// How long it stands on its own as the join threshold rises from 0 to 1.
    package var persistence: Float { death - birth }

    /// How much it looks like one object: mean object × (0.3 + rim boundary) × min(1, 0.5 + largest distance).
    package var objectness: Float {
        meanObject * (0.3 + rimBoundary) * min(1, 0.5 + largestDistance)
    }
}
