internal import Assessment
internal import Matching
internal import RealModule
internal import SupportSets

/// The raw scores of the method `assay`, before they are divided by the good images' levels.
enum AssayScores {
    struct Round {
        let structural: Float

        /// How far each object deviates.
        let pairs: [PairDeviation]

        /// The logical score if details deviated by so many times less; none at all for infinity.
        func logical(detailWidth: Float) -> Float { LogicalJudge.score(deviations(detailWidth: detailWidth)) }

        /// The logical score by details alone.
        var details: Float { LogicalJudge.score(pairs.map(\.details).sorted(by: >)) }

        /// The largest deviation of an object.
        func deviation(detailWidth: Float) -> Float { deviations(detailWidth: detailWidth).first ?? 0 }

        private func deviations(detailWidth: Float) -> [Float] {
            pairs.map { max($0.main, $0.details / detailWidth) }.sorted(by: >)
        }
    }

    static func of(
        _ scene: Scene, set: SupportSet, switches: JudgementSwitches
    ) throws(MatchingError) -> Round {
        let objects = try LogicalJudge(bank: set.logical, classes: set.classes, switches: switches).judge(scene)
        return Round(
            structural: structural(scene, bank: set.structural, structure: set.manifest.structure),
            pairs: objects.differences.map(\.pair))
    }

    static func structural(
        _ scene: Scene, bank: StructuralBank, structure: SupportSetManifest.Structure
    ) -> Float {
        StructuralSearch.map(of: scene.features, bank: bank, structure: structure)
            .smoothed().topMean(fraction: AssayJudge.topFraction)
    }
}
