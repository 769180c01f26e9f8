/// One finding to draw.
package struct OverlayMark: Equatable, Sendable {
    package enum Style: Equatable, Sendable {
        /// Something that is there.
        case solid

        /// A place where something was expected.
        case dashed
    }

    /// In frame pixels; what lies outside the frame is cut off.
    package var box: PixelBox

    /// If there is one its outline is drawn, else the box; on another grid than the frame it is scaled to it.
    package var mask: Mask?

    package var style: Style

    /// No plate is drawn for an empty label; one that is too long for the frame ends in "…".
    package var label: String

    package var colour: OverlayColour

    package init(box: PixelBox, mask: Mask? = nil, style: Style = .solid, label: String, colour: OverlayColour) {
        self.box = box
        self.mask = mask
        self.style = style
        self.label = label
        self.colour = colour
    }
}
