package import Imaging

/// A part of a good picture as alterations need it.
package struct AlterablePart {
    /// On the picture's grid, not empty.
    package let mask: Mask

    /// Parts of one number look alike.
    package let kind: Int

    /// 0 for anything round, 1 for a line.
    package let elongation: Float

    /// Of the longer axis, radians, clockwise from the x axis.
    package let orientation: Float

    /// The part has a place of its own, so that it can be at a wrong one.
    package let hasPlace: Bool

    package let label: String?

    package init(
        mask: Mask, kind: Int, elongation: Float, orientation: Float, hasPlace: Bool, label: String? = nil
    ) {
        self.mask = mask
        self.kind = kind
        self.elongation = elongation
        self.orientation = orientation
        self.hasPlace = hasPlace
        self.label = label
    }

    /// Longer than wide by so much that its length can be told.
    var isLong: Bool { elongation > 0.35 }
}
