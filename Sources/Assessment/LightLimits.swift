/// How far a picture's light may lie beyond that of the set's own images, in stops; infinity: as far as it likes.
package struct LightLimits: Equatable, Sendable {
    package var exposure: Float
    package var colour: Float

    /// A picture beyond them is judged all the same, and says so.
    package var isOnlyWarned: Bool

    /// Measured with sets of four drawn at random from three rendered products: of 7000 good and bad pictures none was
    /// taken for another light; a stop of exposure was seen in 99 %, half a stop in 16 %, half a stop of colour always.
    /// On photographs of one product in changing daylight 15 % of the good pictures lay beyond the light of four, and
    /// 2 % beyond that of eight.
    package static let standard = LightLimits(exposure: 0.35, colour: 0.2, isOnlyWarned: false)

    package init(exposure: Float, colour: Float, isOnlyWarned: Bool) {
        self.exposure = exposure
        self.colour = colour
        self.isOnlyWarned = isOnlyWarned
    }
}
