package import Assessment
package import Enrolment

/// What to measure.
package struct EvaluationPlan: Sendable {
    package let method: Method

    /// Support images of each draw.
    package let shots: Int

    /// For objects: how many training images, those of the draw first, tell their annotated objects in a second
    /// enrolment.
    package let annotated: Int

    /// For the judgement: support images have the objects of their annotations.
    package let usesAnnotations: Bool

    /// Draws, numbered from 0.
    package let seeds: Int
    package let parameters: EnrolmentParameters

    /// Sets are tested on their own images, as at enrolment.
    package let testsSets: Bool

    /// Threads that perceive and judge.
    package let threads: Int

    package init(
        method: Method, shots: Int, seeds: Int, parameters: EnrolmentParameters, threads: Int, annotated: Int = 0,
        usesAnnotations: Bool = false, testsSets: Bool = false
    ) {
        precondition(shots > 0 && seeds > 0 && threads > 0 && annotated >= 0)
        self.method = method
        self.shots = shots
        self.seeds = seeds
        self.parameters = parameters
        self.threads = threads
        self.testsSets = testsSets
        self.annotated = annotated
        self.usesAnnotations = usesAnnotations
    }
}
