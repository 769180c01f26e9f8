internal import Assessment
internal import Matching
internal import RealModule
internal import SupportSets

/// The raw scores of the method `assay`, before they are divided by the good images' levels.
enum AssayScores {
    struct Round {
        /// Smoothed, not scaled.
        let map: StructuralMap

        /// How far each object deviates.
        private(set) var pairs: [PairDeviation]

        /// What the picture shows where each of them lies, as `PlaceEvidence` has it; empty where that says nothing.
        let looks: [PlaceEvidence.Looks?]

        func structural(_ scale: SurfaceScale) -> Float {
            scale.applied(to: map).topMean(fraction: AssayJudge.topFraction)
        }

        /// The round with each deviation as far as the picture bears it out.
        func weighed(structuralLevel: Float, scale: SurfaceScale) -> Round {
            var weighed = self
            for (index, looks) in looks.enumerated() {
                weighed.pairs[index] =
                    PlaceEvidence.share(looks, level: structuralLevel, scale: scale) * pairs[index]
            }
            return weighed
        }

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
        let map = map(of: scene, bank: set.structural, structure: set.manifest.structure)
        let evidence = PlaceEvidence(map: map, set: set, switches: switches)
        return Round(
            map: map, pairs: objects.differences.map(\.pair), looks: evidence?.looks(of: objects, in: scene) ?? [])
    }

    static func structural(
        _ scene: Scene, bank: StructuralBank, structure: SupportSetManifest.Structure
    ) -> Float {
        map(of: scene, bank: bank, structure: structure).topMean(fraction: AssayJudge.topFraction)
    }

    private static func map(
        of scene: Scene, bank: StructuralBank, structure: SupportSetManifest.Structure
    ) -> StructuralMap {
        StructuralSearch.map(of: scene.features, bank: bank, structure: structure).smoothed()
    }
}
