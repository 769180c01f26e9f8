package import Composition

/// Where a region lies and how far it reaches, in units of the image's longer side.
package struct RegionPlace: Equatable, Sendable {
    package var centre: SIMD2<Float>

    /// The side of a square of its area.
    package var reach: Float

    /// - Parameter aspect: the image's shorter side divided by its longer one.
    package init(_ descriptor: ObjectDescriptor, aspect: Float) {
        centre = SIMD2(descriptor.centreX, descriptor.centreY)
        reach = (max(descriptor.area, 1e-8) * aspect).squareRoot()
    }

    /// Where it would lie if `holder` lay where `other` does.
    func moved(from holder: RegionPlace, to other: RegionPlace) -> RegionPlace {
        var moved = self
        moved.centre += other.centre - holder.centre
        return moved
    }

    /// How far two lie apart for their size.
    func distance(to other: RegionPlace) -> Float {
        let offset = centre - other.centre
        return (offset * offset).sum().squareRoot() / min(reach, other.reach)
    }
}
