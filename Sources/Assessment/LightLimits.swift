/// How far a picture's light may lie beyond that of the set's own images, in stops; infinity: as far as it likes.
package struct LightLimits: Equatable, Sendable {
    package var exposure: Float
    package var colour: Float

    /// A picture beyond them is judged all the same, and says so.
    package var isOnlyWarned: Bool

    /// One stop of exposure or half a stop of colour is always seen, and no content of a picture is taken for light:
    /// measured on 7000 comparisons of good and bad pictures with sets of one to eight images.
    package static let standard = LightLimits(exposure: 0.35, colour: 0.2, isOnlyWarned: false)

    package init(exposure: Float, colour: Float, isOnlyWarned: Bool) {
        self.exposure = exposure
        self.colour = colour
        self.isOnlyWarned = isOnlyWarned
    }
}
