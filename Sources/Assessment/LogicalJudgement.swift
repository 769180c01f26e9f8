/// What the logical branch of `assay` says of one scene.
package struct LogicalJudgement: Sendable {
    package var score: Float
    package var nearest: Int

    /// The regions that were compared, by their numbers.
    package var nodes: [Int]
    package var differences: [Difference]

    /// What the numbers in `nodes` stand for: nodes of the hierarchy and joins of them.
    package var regions: SceneRegions

    /// How good an object each node of the hierarchy would be.
    package var quality: [Float]

    /// Added to a seen position to compare it with the support image's.
    package var shift: SIMD2<Float>

    /// The looks of all the scene's candidates, and the kind of each object of the best support image.
    package var looks: LookTable
    var kinds: [Int]
}
