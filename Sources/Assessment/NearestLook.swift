package import SupportSets

/// The distances from the nearest of a kind's looks: in details from that whose details are nearest, since a kind's colours
/// and outlines vary on their own.
package struct NearestLook: Sendable {
    private var main = PartVector()
    private var details = PartVector()
    private var smallest = PairDeviation(main: .infinity, details: .infinity)

    package init() {}

    package mutating func offer(_ distances: PartVector, deviating deviation: PairDeviation) {
        if deviation.main < smallest.main {
            smallest.main = deviation.main
            main = distances
        }
        if deviation.details < smallest.details {
            smallest.details = deviation.details
            details = distances
        }
    }

    package var distances: PartVector {
        var distances = main
        for part in CostPart.details { distances[part.rawValue] = details[part.rawValue] }
        return distances
    }
}
