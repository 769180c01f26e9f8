/// How far a picture's light may lie beyond that of the set's own images, in stops; infinity: as far as it likes.
package struct LightLimits: Equatable, Sendable {
    package var exposure: Float
    package var colour: Float

    /// A picture beyond them is judged all the same, and says so.
    package var isOnlyWarned: Bool

    /// Wide enough that what lies in a picture is not taken for its light, narrow enough that a lamp that fails or a
    /// camera that sets its own exposure is. Sets of few images in changing daylight may need more, or `isOnlyWarned`.
    package static let standard = LightLimits(exposure: 0.35, colour: 0.2, isOnlyWarned: false)

    package init(exposure: Float, colour: Float, isOnlyWarned: Bool) {
        self.exposure = exposure
        self.colour = colour
        self.isOnlyWarned = isOnlyWarned
    }
}
