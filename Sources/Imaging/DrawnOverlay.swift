/// A picture with the findings drawn in.
package struct DrawnOverlay: Equatable, Sendable {
    package let image: Image

    /// False if the font was missing, so that labels and banner are left out.
    package let isLettered: Bool

    /// The rows of the banner on top: the frame's first row is this one.
    package let bannerHeight: Int
}
