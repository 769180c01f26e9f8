package import Composition
internal import RealModule

/// Tells what class an object is of, from what is measured of it: a linear layer and a softmax on frozen features.
package struct ClassHead: Equatable, Sendable {
    /// The classes; behind them comes, as a class of its own, what is no object.
    package let names: [String]

    /// Subtracted from representations before they are brought to length one.
    package let centre: [Float]

    /// What colours and shapes are reckoned from, and by what they are divided.
    package let means: [Float]
    package let deviations: [Float]

    /// `names.count + 1` rows of `width` values, the last of each being its bias.
    package let weights: [Float]

    /// Values of a feature: channels, six of colour, four of shape, a one.
    package var width: Int { centre.count + Self.measureCount + 1 }

    package static let measureCount = 10

    /// How much representation, colour and shape weigh against each other before anything is learnt.
    private static let representationGain: Float = 4
    private static let measureGain: Float = 1.5

    package init(names: [String], centre: [Float], means: [Float], deviations: [Float], weights: [Float]) {
        precondition(means.count == Self.measureCount && deviations.count == Self.measureCount)
        precondition(weights.count == (names.count + 1) * (centre.count + Self.measureCount + 1))
        self.names = names
        self.centre = centre
        self.means = means
        self.deviations = deviations
        self.weights = weights
    }

    /// Colour and shape of an object; what a head is standardised by.
    package static func measures(of object: ObjectDescriptor) -> [Float] {
        object.colour + [
            0.5 * Float.log(max(object.area, 1e-8)), Float.log(max(object.majorAxis, 1e-4)),
            Float.log(max(object.minorAxis, 1e-4)), object.elongation,
        ]
    }

    /// What an object's logits are made from.
    package static func features(
        of object: ObjectDescriptor, centre: [Float], means: [Float], deviations: [Float]
    ) -> [Float] {
        var features: [Float] = []
        features.reserveCapacity(centre.count + measureCount + 1)
        var square: Float = 0
        for channel in centre.indices {
            let value = object.representation[channel] - centre[channel]
            features.append(value)
            square = Relaxed.multiplyAdd(value, value, square)
        }
        let scale = square > 0 ? representationGain / square.squareRoot() : 0
        for channel in centre.indices { features[channel] *= scale }
        for (index, value) in measures(of: object).enumerated() {
            // What lies far outside what was learnt says no more than that.
            features.append(measureGain * min(4, max(-4, (value - means[index]) / deviations[index])))
        }
        features.append(1)
        return features
    }

    /// One probability a class, and behind them that of being no object; they add up to 1.
    package func probabilities(of object: ObjectDescriptor) -> [Float] {
        let features = Self.features(of: object, centre: centre, means: means, deviations: deviations)
        var logits = [Float](repeating: 0, count: names.count + 1)
        for row in logits.indices {
            var sum: Float = 0
            let start = row * features.count
            for column in features.indices { sum = Relaxed.multiplyAdd(weights[start + column], features[column], sum) }
            logits[row] = sum
        }
        let largest = logits.max() ?? 0
        var total: Float = 0
        for row in logits.indices {
            logits[row] = Float.exp(logits[row] - largest)
            total += logits[row]
        }
        for row in logits.indices { logits[row] /= total }
        return logits
    }

    /// The likeliest class of a thing that is an object, and how likely it is among the classes.
    package func likeliest(in probabilities: [Float]) -> (index: Int, share: Float)? {
        let classes = probabilities.prefix(names.count)
        guard let best = classes.indices.max(by: { classes[$0] < classes[$1] }) else { return nil }
        let sum = classes.reduce(0, +)
        return (best, sum > 0 ? classes[best] / sum : 0)
    }
}
