package import Composition
internal import RealModule
package import SupportSets

/// A descriptor made ready for many comparisons: its representation centred and brought to length one.
package struct ComparableObject: Sendable {
    package let descriptor: ObjectDescriptor
    package let direction: [Float]
    package let contextDirection: [Float]
    package let logArea: Float
    package let logMajor: Float
    package let logMinor: Float

    /// How far it is bowed along its axis, and how far its outline is three- and fourfold.
    package let outline: SIMD3<Float>

    package init(_ descriptor: ObjectDescriptor, centre: [Float]) {
        self.descriptor = descriptor
        direction = Self.unit(descriptor.representation, centre: centre)
        contextDirection = descriptor.context.isEmpty ? [] : Self.unit(descriptor.context, centre: centre)
        logArea = 0.5 * Float.log(max(descriptor.area, 1e-8))
        logMajor = Float.log(max(descriptor.majorAxis, 1e-4))
        logMinor = Float.log(max(descriptor.minorAxis, 1e-4))
        outline = Self.outline(of: descriptor)
    }

    /// The mean of u²t for pixels at u along and t across the axis, in units of the deviation along it: 0 for what is
    /// straight; and the absolute means of w³ and w⁴ in units of the radius of gyration: 0 for a disc or a ring. As of
    /// long things these say little but how wide they are, they are told only as far as an object is round.
    private static func outline(of descriptor: ObjectDescriptor) -> SIMD3<Float> {
        let (major, minor) = (descriptor.majorAxis, descriptor.minorAxis)
        guard major > 0 else { return .zero }
        let moments = descriptor.outline
        func imaginary(_ moment: SIMD2<Float>, turns: Float) -> Float {
            let angle = -turns * descriptor.orientation
            return moment.x * Float.sin(angle) + moment.y * Float.cos(angle)
        }
        func size(_ moment: SIMD2<Float>) -> Float { (moment * moment).sum().squareRoot() }
        let bow = abs(imaginary(moments.third, turns: 3) + imaginary(moments.mixedThird, turns: 1)) / 4
        let radius = (major * major + minor * minor).squareRoot()
        let cube = radius * radius * radius
        let round = minor * minor / (major * major)
        return SIMD3(
            bow / (major * major * major), round * size(moments.third) / cube,
            round * size(moments.fourth) / (cube * radius))
    }

    private static func unit(_ values: [Float], centre: [Float]) -> [Float] {
        var centred = [Float](repeating: 0, count: values.count)
        var square: Float = 0
        for index in values.indices {
            let value = values[index] - centre[index]
            centred[index] = value
            square = Relaxed.multiplyAdd(value, value, square)
        }
        guard square > 0 else { return centred }
        let scale = 1 / square.squareRoot()
        for index in centred.indices { centred[index] *= scale }
        return centred
    }
}

/// How two objects differ, part by part, before any scaling.
package enum PartDistances {
    /// The smallest scale of each part: good images never agree better than the measurement itself.
    package static let floors = PartVector([
        .appearance: 0.04, .colour: 4, .context: 0.04, .area: 0.08, .shape: 0.1, .position: 0.03, .length: 0.03,
        .bow: 0.01, .threefold: 0.02, .fourfold: 0.03,
    ])

    /// What details may differ by because no mask is right to the pixel; the smaller an object, the more.
    ///
    /// - Parameter pixel: the width of a pixel of the grid of masks, in units of the image's longer side.
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

/// Turns distances into costs.
package enum CalibratedCost {
    /// Deviations of three good-to-good scales count as one.
    private static let sigmas: Float = 3

    /// The cost of leaving an object without a partner.
    package static let unmatched: Float = 0.4

    /// Each part in 0...1: `1 − exp(−d / 3σ)`.
    package static func parts(_ distances: PartVector, scales: PartVector) -> PartVector {
        var parts = PartVector()
        for part in CostPart.allCases {
            let index = part.rawValue
            let scale = max(scales[index], PartDistances.floors[index])
            parts[index] = 1 - Float.exp(-distances[index] / (sigmas * scale))
        }
        return parts
    }

    /// The cost of a pair in 0...1: `1 − exp(−d)`, where details count up to a bound: a thing that is bent or broken is
    /// still that thing.
    package static func total(_ distances: PartVector, scales: PartVector) -> Float {
        let deviation = deviation(distances, scales: scales)
        return 1 - Float.exp(-max(deviation.main, min(mostByDetails, deviation.details)))
    }

    /// How far a pair deviates: `⁴√(Σ (d / 3σ)⁴ / 6)`, over the parts that tell kinds apart and over the details.
    ///
    /// The fourth power lets one strongly deviating part speak for itself instead of being thinned out by the good ones.
    package static func deviation(_ distances: PartVector, scales: PartVector) -> PairDeviation {
        deviation(distances * inverse(of: scales))
    }

    /// - Parameter scaled: distances, each multiplied by the inverse of its scale.
    static func deviation(_ scaled: PartVector) -> PairDeviation {
        let squares = scaled * scaled
        let powers = squares * squares
        return PairDeviation(
            main: (powers.lowHalf.sum() / partCount).squareRoot().squareRoot(),
            details: (powers.highHalf.sum() / partCount).squareRoot().squareRoot())
    }

    /// What distances are multiplied by: `1 / 3σ`, with no σ below its floor.
    static func inverse(of scales: PartVector) -> PartVector {
        1 / (sigmas * (pointwiseMax(scales, PartDistances.floors) + .unused))
    }

    /// The deviation by looks alone: place and neighbours left out.
    package static func lookDeviation(_ distances: PartVector, scales: PartVector) -> PairDeviation {
        var looks = distances
        looks[CostPart.position.rawValue] = 0
        looks[CostPart.context.rawValue] = 0
        return deviation(looks, scales: scales)
    }

    private static let mostByDetails: Float = 0.5

    /// Of those that tell kinds apart.
    private static let partCount: Float = 6
}
