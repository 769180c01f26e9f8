package import Assessment

/// What enrolment leaves open, with the values that every product is enrolled with.
package struct EnrolmentParameters: Equatable, Sendable {
    /// For `objectcore`, `romad` and `patchcore`: the threshold lies this far above the largest score of a good image.
    package var margin: Float = 1.1

    /// Half the width of the band in which a score is inconclusive, as a part of the threshold.
    package var guardWidth: Float = 0.03

    /// Cells of the feature grid to each side in which an aligned patch is looked for.
    package var reach = 6

    /// The most rows of the structural bank that a search over the whole picture looks at.
    package var coreLimit = 2048

    /// What the judgement leaves out.
    package var switches = JudgementSwitches.standard

    package init() {}
}
