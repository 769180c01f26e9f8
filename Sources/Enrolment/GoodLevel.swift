internal import RealModule

/// The level that a good image's score seldom reaches, from the scores of a few.
///
/// Logarithms of good scores are taken as normal. Four scores tell their mean well and their spread badly, so the spread
/// is drawn towards an expected one; a largest score of four would be passed by one good image in five.
enum GoodLevel {
    /// How much the logarithms of good images' scores are expected to spread, measured on development data.
    static let structuralSpread: Float = 0.1
    static let logicalSpread: Float = 0.25

    /// The expected spread counts as this many scores.
    private static let trust: Float = 4

    /// One good image in a hundred lies beyond.
    private static let deviations: Float = 2.33

    private static let smallestScore: Float = 1e-3

    static func of(_ scores: [Float], expectedSpread: Float) -> Float {
        guard !scores.isEmpty else { return 0 }
        let logs = scores.map { Float.log(max($0, smallestScore)) }
        let mean = logs.reduce(0, +) / Float(logs.count)
        let squares = logs.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) }
        let variance = (squares + trust * expectedSpread * expectedSpread) / (Float(logs.count - 1) + trust)
        return Float.exp(mean + deviations * variance.squareRoot())
    }
}
