package import Composition
internal import RealModule
package import SupportSets

/// How two objects differ, part by part, before any scaling.
package enum PartDistances {
    /// The smallest scale of each part: good images never agree better than the measurement itself.
    package static let floors = PartVector([
        .appearance: 0.04, .colour: 4, .context: 0.04, .area: 0.08, .shape: 0.1, .position: 0.03, .length: 0.03,
        .bow: 0.01, .threefold: 0.02, .fourfold: 0.03,
    ])

    /// What details may differ by because no mask is right to the pixel; the smaller an object, the more.
    ///
    /// - Parameter pixel: how uncertain an edge is, for a clean one the width of a pixel of the grid of masks, in units of
    ///   the image's longer side.
    package static func detailFloors(of object: ObjectDescriptor, pixel: Float) -> PartVector {
        let length = pixel / max(object.majorAxis, pixel)
        let (major, minor) = (object.majorAxis, object.minorAxis)
        let radius = pixel / max((major * major + minor * minor).squareRoot(), pixel)
        return PartVector([
            .length: 0.2 * length, .bow: 0.1 * length, .threefold: 0.2 * radius, .fourfold: 0.3 * radius,
        ])
    }

    /// Distances between `seen` and `known`; `shift` is added to the position of `seen`.
    package static func between(
        _ seen: ComparableObject, _ known: ComparableObject, shift: SIMD2<Float> = .zero
    ) -> PartVector {
        var parts = looks(seen, known, cosine: dot(seen.direction, known.direction))
        parts[CostPart.context.rawValue] = context(seen, known)
        parts[CostPart.position.rawValue] = position(seen, known, shift: shift)
        return parts
    }

    /// The parts that do not depend on where an object lies.
    ///
    /// - Parameter cosine: the product of the two directions.
    static func looks(_ seen: ComparableObject, _ known: ComparableObject, cosine: Float) -> PartVector {
        var parts = PartVector()
        parts[CostPart.appearance.rawValue] = (1 - cosine) / 2
        parts[CostPart.colour.rawValue] = colour(seen.descriptor.colour, known.descriptor.colour)
        parts[CostPart.area.rawValue] = abs(seen.logArea - known.logArea)
        // The ratio of the axes: a thing that only grew has another area and the same shape.
        let ratio = (seen.logMajor - seen.logMinor) - (known.logMajor - known.logMinor)
        parts[CostPart.shape.rawValue] = abs(ratio)
        parts[CostPart.length.rawValue] = abs(seen.logMajor - known.logMajor)
        let outline = seen.outline - known.outline
        parts[CostPart.bow.rawValue] = abs(outline.x)
        parts[CostPart.threefold.rawValue] = abs(outline.y)
        parts[CostPart.fourfold.rawValue] = abs(outline.z)
        return parts
    }

    /// Zero where one of the two has no context.
    static func context(_ seen: ComparableObject, _ known: ComparableObject) -> Float {
        guard !seen.contextDirection.isEmpty, !known.contextDirection.isEmpty else { return 0 }
        return (1 - dot(seen.contextDirection, known.contextDirection)) / 2
    }

    static func position(_ seen: ComparableObject, _ known: ComparableObject, shift: SIMD2<Float>) -> Float {
        let offset = seen.position + shift - known.position
        return (offset * offset).sum().squareRoot()
    }

    /// L* counts half: light changes more than paint does.
    private static func colour(_ a: [Float], _ b: [Float]) -> Float {
        let lightness = 0.5 * (a[0] - b[0])
        let greenRed = a[1] - b[1]
        let blueYellow = a[2] - b[2]
        let spread = (a[3] - b[3], a[4] - b[4], a[5] - b[5])
        let means = lightness * lightness + greenRed * greenRed + blueYellow * blueYellow
        let spreads = 0.25 * (spread.0 * spread.0 + spread.1 * spread.1 + spread.2 * spread.2)
        return (means + spreads).squareRoot()
    }

    private static func dot(_ a: [Float], _ b: [Float]) -> Float {
        let left = a.span
        let right = b.span
        var sum: Float = 0
        for index in 0..<min(left.count, right.count) {
            sum = Relaxed.multiplyAdd(left[index], right[index], sum)
        }
        return sum
    }
}
