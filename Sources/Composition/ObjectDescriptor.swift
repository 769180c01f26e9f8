/// What is measured of one object (or of one candidate region) of an image.
///
/// Lengths are in units of the image's longer side, so that they do not depend on any grid.
package struct ObjectDescriptor: Equatable, Sendable {
    /// The mean feature inside the mask (ObjectCore 3.2): one value a channel.
    package var representation: [Float]

    /// Mean L*, a*, b* and their standard deviations inside the mask.
    package var colour: [Float]

    /// Mask pixels / image pixels.
    package var area: Float

    /// Centre of mass.
    package var centreX: Float
    package var centreY: Float

    /// Standard deviations along the principal axes.
    package var majorAxis: Float
    package var minorAxis: Float

    /// Direction of the major axis, radians in 0..<π, clockwise from the x axis (y points down).
    package var orientation: Float

    /// What its outline is like beyond its axes.
    package var outline: OutlineMoments

    /// Distance-weighted mean of the neighbours' representations (ROMAD 4.3); empty until objects are chosen.
    package var context: [Float]

    /// How object-like the region is, 0...1.
    package var objectness: Float

    package init(
        representation: [Float], colour: [Float], area: Float, centreX: Float, centreY: Float, majorAxis: Float,
        minorAxis: Float, orientation: Float, outline: OutlineMoments = OutlineMoments(), context: [Float] = [],
        objectness: Float
    ) {
        self.representation = representation
        self.colour = colour
        self.area = area
        self.centreX = centreX
        self.centreY = centreY
        self.majorAxis = majorAxis
        self.minorAxis = minorAxis
        self.orientation = orientation
        self.outline = outline
        self.context = context
        self.objectness = objectness
    }

    /// 1 for a line, 0 for anything round: how much its orientation means.
    package var elongation: Float { majorAxis > 0 ? 1 - minorAxis / majorAxis : 0 }
}
