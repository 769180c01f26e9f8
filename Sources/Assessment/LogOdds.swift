/// A logistic regression: measures in, the logarithm of the odds out.
package struct LogOdds: Equatable, Sendable {
    package let weights: [Float]
    package let bias: Float

    package init(weights: [Float], bias: Float) {
        self.weights = weights
        self.bias = bias
    }

    /// - Precondition: as many measures as weights.
    package func callAsFunction(_ measures: [Float]) -> Float {
        precondition(measures.count == weights.count)
        return zip(weights, measures).reduce(bias) { $0 + $1.0 * $1.1 }
    }
}
