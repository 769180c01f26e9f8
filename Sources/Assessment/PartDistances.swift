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

    package init(_ descriptor: ObjectDescriptor, centre: [Float]) {
        self.descriptor = descriptor
        direction = Self.unit(descriptor.representation, centre: centre)
        contextDirection = descriptor.context.isEmpty ? [] : Self.unit(descriptor.context, centre: centre)
        logArea = 0.5 * Float.log(max(descriptor.area, 1e-8))
        logMajor = Float.log(max(descriptor.majorAxis, 1e-4))
        logMinor = Float.log(max(descriptor.minorAxis, 1e-4))
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
    package static let floors: PartVector = [0.04, 4, 0.04, 0.08, 0.1, 0.03, 0, 0]

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

    /// The whole cost in 0...1: `1 − exp(−⁴√mean((d / 3σ)⁴))` over the parts.
    ///
    /// The fourth power lets one strongly deviating part speak for itself instead of being thinned out by five good ones.
    package static func total(_ distances: PartVector, scales: PartVector) -> Float {
        1 - Float.exp(-deviation(distances, scales: scales))
    }

    /// `⁴√mean((d / 3σ)⁴)` over the parts.
    static func deviation(_ distances: PartVector, scales: PartVector) -> Float {
        let floored = scales.replacing(with: PartDistances.floors, where: scales .< PartDistances.floors)
        let scaled = distances / (sigmas * (floored + tiny))
        let squares = scaled * scaled
        return ((squares * squares).sum() / Float(CostPart.allCases.count)).squareRoot().squareRoot()
    }

    /// The deviation by looks alone: place and neighbours left out.
    package static func lookDeviation(_ distances: PartVector, scales: PartVector) -> Float {
        var looks = distances
        looks[CostPart.position.rawValue] = 0
        looks[CostPart.context.rawValue] = 0
        return deviation(looks, scales: scales)
    }

    private static let tiny: PartVector = [0, 0, 0, 0, 0, 0, 1, 1]
}
