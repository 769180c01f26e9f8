internal import RealModule
package import SupportSets

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
        total(scaled: distances * inverse(of: scales))
    }

    /// - Parameter scaled: distances, each multiplied by the inverse of its scale.
    static func total(scaled: PartVector) -> Float {
        let deviation = deviation(scaled: scaled)
        return 1 - Float.exp(-max(deviation.main, min(mostByDetails, deviation.details)))
    }

    /// How far a pair deviates: `⁴√(Σ (d / 3σ)⁴ / 6)`, over the parts that tell kinds apart and over the details.
    ///
    /// The fourth power lets one strongly deviating part speak for itself instead of being thinned out by the good ones.
    package static func deviation(_ distances: PartVector, scales: PartVector) -> PairDeviation {
        deviation(scaled: distances * inverse(of: scales))
    }

    /// - Parameter scaled: distances, each multiplied by the inverse of its scale.
    static func deviation(scaled: PartVector) -> PairDeviation {
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
