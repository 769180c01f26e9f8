internal import RealModule

extension ObjectDescriptor {
    /// What would be measured of two regions together that share no pixel; without context.
    package func joined(with other: ObjectDescriptor) -> ObjectDescriptor {
        let whole = area + other.area
        let share = whole > 0 ? area / whole : 0.5
        let rest = 1 - share
        func mean(_ one: Float, _ another: Float) -> Float { share * one + rest * another }
        var colour = colour
        for channel in 0..<3 {
            let means = (self.colour[channel], other.colour[channel])
            let spreads = (self.colour[channel + 3], other.colour[channel + 3])
            let squares = mean(spreads.0 * spreads.0 + means.0 * means.0, spreads.1 * spreads.1 + means.1 * means.1)
            colour[channel] = mean(means.0, means.1)
            colour[channel + 3] = max(0, squares - colour[channel] * colour[channel]).squareRoot()
        }
        let centre = (x: mean(centreX, other.centreX), y: mean(centreY, other.centreY))
        let own = moments(about: centre)
        let others = other.moments(about: centre)
        let xx = mean(own.xx, others.xx)
        let yy = mean(own.yy, others.yy)
        let xy = mean(own.xy, others.xy)
        let half = (xx + yy) / 2
        let spread = ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot()
        var angle = Float.atan2(y: 2 * xy, x: xx - yy) / 2
        if angle < 0 { angle += .pi }
        return ObjectDescriptor(
            representation: zip(representation, other.representation).map { mean($0, $1) }, colour: colour,
            area: whole, centreX: centre.x, centreY: centre.y, majorAxis: (half + spread).squareRoot(),
            minorAxis: max(0, half - spread).squareRoot(), orientation: angle,
            outline: .weighted(outline(about: centre), share, other.outline(about: centre)),
            objectness: mean(objectness, other.objectness))
    }

    private func outline(about centre: (x: Float, y: Float)) -> OutlineMoments {
        let (major, minor) = (majorAxis * majorAxis, minorAxis * minorAxis)
        return outline.moved(
            by: SIMD2(centreX - centre.x, centreY - centre.y),
            square: (major - minor) * SIMD2(Float.cos(2 * orientation), Float.sin(2 * orientation)),
            spread: major + minor)
    }

    private func moments(about centre: (x: Float, y: Float)) -> (xx: Float, yy: Float, xy: Float) {
        let (cosine, sine) = (Float.cos(orientation), Float.sin(orientation))
        let (major, minor) = (majorAxis * majorAxis, minorAxis * minorAxis)
        let (x, y) = (centreX - centre.x, centreY - centre.y)
        return (
            major * cosine * cosine + minor * sine * sine + x * x,
            major * sine * sine + minor * cosine * cosine + y * y, (major - minor) * cosine * sine + x * y
        )
    }
}
