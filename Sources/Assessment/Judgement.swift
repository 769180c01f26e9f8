package import Verdicts

/// What one method says of one scene, before the threshold is applied.
package struct Judgement: Sendable {
    package var score: Float

    /// Index of the support image that explains the scene best.
    package var nearest: Int
    package var objectsSeen: Int
    package var objectsExpected: Int

    /// Worst first, shares set; what would be told if the score fails.
    package var findings: [Finding]

    /// For `assay`: the scores of its two branches, each in units of what good images seldom reach.
    package var logicalScore: Float = 0
    package var structuralScore: Float = 0

    /// How unusual every pixel of the frame is; only where it was asked for.
    package var map: AnomalyMap?

    package init(score: Float, nearest: Int, objectsSeen: Int, objectsExpected: Int, findings: [Finding]) {
        self.score = score
        self.nearest = nearest
        self.objectsSeen = objectsSeen
        self.objectsExpected = objectsExpected
        self.findings = findings
    }
}

/// A way of judging; selectable for each line.
package enum Method: String, Sendable, Codable, CaseIterable {
    case objectcore
    case romad
    case assay

    /// A yardstick for evaluation: the structural bank alone, every patch compared with every patch.
    case patchcore

    /// What every support set is calibrated for, and a line can be judged by.
    package static let enrolled: [Method] = [.assay, .objectcore, .romad]
}
