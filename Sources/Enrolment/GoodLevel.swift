internal import RealModule

/// The level that a good image's score seldom reaches, from the scores of a few.
///
/// Logarithms of good scores are taken as normal. Four scores tell their mean well and their spread badly, so the spread
/// is drawn towards an expected one; a largest score of four would be passed by one good image in five.
enum GoodLevel {
    /// How much the logarithms of good images' scores are expected to spread.
    struct Expectation {
        let spread: Float

        /// It counts as this many scores.
        let trust: Float

        /// Under a lamp and in a fixture scores spread by 0.07, of photographs in daylight by 0.5: expectations say little,
        /// the good images themselves have to tell.
        static let structural = Expectation(spread: 0.1, trust: 1)
        static let logical = Expectation(spread: 0.25, trust: 4)
    }

    /// One good image in a hundred lies beyond.
    private static let deviations: Float = 2.33

    private static let smallestScore: Float = 1e-3

    static func of(_ scores: [Float], expecting expected: Expectation) -> Float {
        guard !scores.isEmpty else { return 0 }
        let logs = scores.map { Float.log(max($0, smallestScore)) }
        let mean = logs.reduce(0, +) / Float(logs.count)
        let squares = logs.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) }
        let variance =
            (squares + expected.trust * expected.spread * expected.spread) / (Float(logs.count - 1) + expected.trust)
        return Float.exp(mean + deviations * variance.squareRoot())
    }
}
