internal import Assessment
internal import SupportSets

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
    private static let smallestScaled = SurfaceScale.smallestLevel

    /// A sure object that is missing or extra, and whose place looks it, always fails (`LogicalJudge.absence` lies above the
    /// guard band), however much the few good images seem to differ: with one left out, the others often lack a look that
    /// the whole set has.
    private static let largestLogical: Float = 1.44

    /// How much the surfaces of the images differ, for each round of those of the others; empty where that is not known.
    let heldOutSurfaces: [SurfaceSpread]

    /// Of all images.
    let surface: SurfaceSpread?

    /// Two images say of no place how much good ones differ there.
    private static let fewestRounds = 3

    /// - Parameter learning: what one good image more than a round has does to the scores of objects.
    init(of rounds: [AssayScores.Round], learning: Float, switches: JudgementSwitches) {
        let maps = rounds.map(\.map)
        let knowsSpread = switches.usesSpread && maps.count >= Self.fewestRounds
        let widened = knowsSpread ? maps.map { $0.widened() } : []
        surface = knowsSpread ? SurfaceSpread(ofWidened: widened) : nil
        heldOutSurfaces =
            knowsSpread
            ? maps.indices.map { left in
                SurfaceSpread(ofWidened: widened.indices.filter { $0 != left }.map { widened[$0] })
            } : []
        let scales = knowsSpread ? heldOutSurfaces.map { SurfaceScale($0) } : rounds.map { _ in SurfaceScale(nil) }
        let surfaces = zip(rounds, scales).map { $0.structural($1) }
        let structural = max(
            knowsSpread ? Self.smallestScaled : Self.smallestStructural,
            GoodLevel.of(surfaces, expecting: .structural))
        let found = rounds
        let rounds = zip(found, scales).map { $0.weighed(structuralLevel: structural, scale: $1) }
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
