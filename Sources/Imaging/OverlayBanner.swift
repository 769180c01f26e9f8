/// The line above a picture, with decision and score.
package struct OverlayBanner: Equatable, Sendable {
    package var text: String
    package var colour: OverlayColour

    package init(text: String, colour: OverlayColour) {
        self.text = text
        self.colour = colour
    }
}
