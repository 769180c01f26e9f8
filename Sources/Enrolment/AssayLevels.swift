/// What good images seldom reach by the method `assay`, from each judged by the others.
struct AssayLevels {
    let structural: Float
    let logical: Float

    /// How many times wider the details' scales have to be for good images to differ by details no more than otherwise.
    ///
    /// Few masks are right to the pixel, and of many parts one is always odd: what details say must not drown the rest.
    let detailWidth: Float

    /// For each round how far the farthest object deviates, whatever its place shows, and the two scores.
    let deviations: [Float]
    let scores: [(structural: Float, logical: Float)]

    /// Below these a level says that the measurement, not the product, is the limit.
    private static let smallestLogical: Float = 0.5
    private static let smallestStructural: Float = 0.1

    /// A sure object that is missing or extra, and whose place looks it, always fails (`LogicalJudge.absence` lies above the
    /// guard band), however much the few good images seem to differ: with one left out, the others often lack a look that
    /// the whole set has.
    private static let largestLogical: Float = 1.5

    /// - Parameter learning: what one good image more than a round has does to the scores of objects.
    init(of rounds: [AssayScores.Round], learning: Float) {
        let surfaces = rounds.map(\.structural)
        let structural = max(Self.smallestStructural, GoodLevel.of(surfaces, expecting: .structural))
        let found = rounds
        let rounds = found.map { $0.weighed(structuralLevel: structural) }
        func logicalLevel(detailWidth: Float) -> Float {
            let scores = rounds.map { learning * $0.logical(detailWidth: detailWidth) }
            return min(Self.largestLogical, max(Self.smallestLogical, GoodLevel.of(scores, expecting: .logical)))
        }
        let details = GoodLevel.of(rounds.map { learning * $0.details }, expecting: .details)
        let width = max(1, details / logicalLevel(detailWidth: .infinity))
        detailWidth = width
        logical = logicalLevel(detailWidth: width)
        self.structural = structural
        deviations = found.map { learning * $0.deviation(detailWidth: width) }
        scores = rounds.indices.map {
            (surfaces[$0], learning * rounds[$0].logical(detailWidth: width))
        }
    }
}
