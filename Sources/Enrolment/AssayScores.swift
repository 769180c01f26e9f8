internal import Assessment
internal import Matching
internal import SupportSets

/// The raw scores of the method `assay`, before they are divided by the good images' levels.
enum AssayScores {
    struct Round {
        let structural: Float
        let logical: Float
        let deviation: Float

        /// Each score multiplied by its own factor.
        func scaled(by factors: Round) -> Round {
            Round(
                structural: structural * factors.structural, logical: logical * factors.logical,
                deviation: deviation * factors.deviation)
        }
    }

    static func of(_ scene: Scene, set: SupportSet) throws(MatchingError) -> Round {
        let objects = try LogicalJudge(bank: set.logical, classes: set.classes).judge(scene)
        return Round(
            structural: structural(scene, bank: set.structural, structure: set.manifest.structure),
            logical: objects.score, deviation: objects.differences.first?.deviation ?? 0)
    }

    static func structural(
        _ scene: Scene, bank: StructuralBank, structure: SupportSetManifest.Structure
    ) -> Float {
        StructuralSearch.map(of: scene.features, bank: bank, structure: structure)
            .smoothed().topMean(fraction: AssayJudge.topFraction)
    }
}
