internal import RealModule

/// The level that a good image's score seldom reaches, from the scores of a few.
///
/// Logarithms of good scores are taken as normal. Four scores tell their mean well and their spread badly, so the spread
/// is drawn towards an expected one; a largest score of four would be passed by one good image in five.
package enum GoodLevel {
    /// What good images' scores are expected to be.
    package struct Expectation: Sendable {
        /// How much their logarithms spread.
        let spread: Float

        /// The spread counts as this many scores.
        let trust: Float

        /// Beside theirs so many scores of this size.
        let usual: (score: Float, count: Float)

        /// Under a lamp and in a fixture scores spread by 0.07, of photographs in daylight by 0.5: expectations say little,
        /// the good images themselves have to tell.
        package static let structural = Expectation(spread: 0.1, trust: 2, usual: (1, 0))

        package static let details = Expectation(spread: 0.25, trust: 4, usual: (1, 0))

        /// Four images that happen to be alike promise little.
        package static let logical = Expectation(spread: 0.25, trust: 4, usual: (0.55, 2))
    }

    /// One good image in a hundred lies beyond.
    private static let deviations: Float = 2.33

    private static let smallestScore: Float = 1e-3

    package static func of(_ scores: [Float], expecting expected: Expectation) -> Float {
        guard !scores.isEmpty else { return 0 }
        let logs = scores.map { Float.log(max($0, smallestScore)) }
        let count = Float(logs.count)
        let mean = logs.reduce(0, +) / count
        let squares = logs.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) }
        let variance =
            (squares + expected.trust * expected.spread * expected.spread) / (count - 1 + expected.trust)
        let usual = expected.usual
        let centre = (count * mean + usual.count * Float.log(usual.score)) / (count + usual.count)
        return Float.exp(centre + deviations * variance.squareRoot())
    }
}
