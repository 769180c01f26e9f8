package import Imaging
package import Verdicts

/// One test image with what was said of it.
package struct JudgedImage: Sendable, Codable {
    package let name: String
    package let path: String
    package let type: SampleType
    package let subtype: String?

    /// Nil where the image could not be judged.
    package let score: Float?
    package let decision: Decision
    package let findings: [ToldFinding]

    /// What is wrong with the image; nil where it is not known.
    package let anomalies: [Anomaly.Kind]?

    /// Nil where it is not known what is wrong with the image.
    package let explanation: Explanation?

    /// A finding as reports need it.
    package struct ToldFinding: Sendable, Codable {
        package let kind: FindingKind
        package let box: PixelBox?
        package let expectedBox: PixelBox?
        package let sentence: String

        init(_ finding: Finding) {
            kind = finding.kind
            box = finding.box
            expectedBox = finding.expectedBox
            sentence = finding.sentence
        }
    }
}
