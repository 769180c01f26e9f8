package import Imaging

/// Draws a judgement into its picture, to be read at arm's length.
package struct FindingOverlay: Sendable {
    private let overlay = Overlay()

    package init() {}

    /// A copy of the picture with its findings marked and the decision above it.
    package func draw(_ assessment: Assessment, on image: Image) -> Image {
        var marks: [OverlayMark] = []
        for finding in assessment.findings {
            let colour = Self.colour(of: finding.kind)
            if let box = finding.box {
                let mask = finding.kind == .surface ? nil : finding.mask?.scaled(to: image.size)
                marks.append(
                    OverlayMark(box: box, mask: mask, style: .solid, label: Self.label(of: finding), colour: colour))
            }
            if let expected = finding.expectedBox {
                let label = finding.box == nil ? Self.label(of: finding) : "its place"
                marks.append(OverlayMark(box: expected, style: .dashed, label: label, colour: colour))
            }
        }
        let banner = OverlayBanner(text: Self.banner(of: assessment), colour: Self.colour(of: assessment.decision))
        return overlay.draw(marks: marks, banner: banner, on: image).image
    }

    private static func label(of finding: Finding) -> String {
        finding.label.map { "\($0) \(finding.kind.rawValue)" } ?? finding.kind.rawValue
    }

    private static func banner(of assessment: Assessment) -> String {
        var text = assessment.decision.rawValue.replacing("_", with: " ").uppercased()
        if let score = assessment.score, let limits = assessment.limits {
            text += "  score \(rounded(score)), limit \(rounded(limits.threshold))"
        }
        for reason in assessment.reasons { text += "  " + reason.rawValue.replacing("_", with: " ") }
        return text
    }

    /// Two places after the point.
    private static func rounded(_ value: Float) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private static func colour(of kind: FindingKind) -> OverlayColour {
        switch kind {
        case .missing: .red
        case .extra: .blue
        case .changed: .amber
        case .moved: .green
        case .surface: .white
        }
    }

    private static func colour(of decision: Decision) -> OverlayColour {
        switch decision {
        case .pass: .green
        case .fail: .red
        case .inconclusive: .amber
        case .noVerdict: .grey
        }
    }
}
