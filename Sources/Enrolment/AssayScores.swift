internal import Assessment
internal import Matching
internal import SupportSets

/// The raw scores of the method `assay`, before they are divided by the good images' levels.
enum AssayScores {
    static func of(
        _ scene: Scene, set: SupportSet, reach: Int
    ) throws(MatchingError) -> (near: Float, anywhere: Float, logical: Float, deviation: Float) {
        func structural(isAligned: Bool) -> Float {
            StructuralSearch.map(
                of: scene.features, bank: set.structural,
                structure: SupportSetManifest.Structure(isAligned: isAligned, reach: reach)
            ).smoothed().topMean(fraction: AssayJudge.topFraction)
        }
        let objects = try LogicalJudge(bank: set.logical).judge(scene)
        return (
            structural(isAligned: true), structural(isAligned: false), objects.score,
            objects.differences.first?.deviation ?? 0
        )
    }
}
