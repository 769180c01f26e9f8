internal import Assessment
internal import Matching
internal import SupportSets

/// The raw scores of the method `assay`, before they are divided by the good images' levels.
enum AssayScores {
    /// - `near`: each patch looked for near its own place; `anywhere`: in the core of the bank, as at run time;
    ///   `everywhere`: among all patches, which alone compares fairly with `near`.
    struct Round {
        let near: Float
        let anywhere: Float
        let everywhere: Float
        let logical: Float
        let deviation: Float
    }

    static func of(_ scene: Scene, set: SupportSet, reach: Int) throws(MatchingError) -> Round {
        let bank = set.structural
        let whole = StructuralBank(
            imageCount: bank.imageCount, gridHeight: bank.gridHeight, gridWidth: bank.gridWidth, rows: bank.rows,
            core: bank.rows)
        func structural(_ bank: StructuralBank, isAligned: Bool) -> Float {
            StructuralSearch.map(
                of: scene.features, bank: bank,
                structure: SupportSetManifest.Structure(isAligned: isAligned, reach: reach)
            ).smoothed().topMean(fraction: AssayJudge.topFraction)
        }
        let objects = try LogicalJudge(bank: set.logical, classes: set.classes).judge(scene)
        return Round(
            near: structural(bank, isAligned: true), anywhere: structural(bank, isAligned: false),
            everywhere: structural(whole, isAligned: false), logical: objects.score,
            deviation: objects.differences.first?.deviation ?? 0)
    }
}
