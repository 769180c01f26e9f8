internal import Foundation
internal import Metrics

/// The ROC curves of some draws, a line for each sort of defect and draw.
struct RocChart {
    let svg: String

    /// A curve with more corners is thinned out.
    private static let mostCorners = 400

    init(_ draws: [Draw]) {
        let side = 300.0
        let (left, top) = (46.0, 14.0)
        var text = """
            <svg width="380" height="366" viewBox="0 0 380 366" role="img" aria-label="ROC curves" font-size="12">
            <rect x="\(left)" y="\(top)" width="\(side)" height="\(side)" fill="none" stroke="#b6bec7"/>
            <line x1="\(left)" y1="\(top + side)" x2="\(left + side)" y2="\(top)" stroke="#d9dee3"/>

            """
        for step in 0...4 {
            let part = Double(step) / 4
            let label = String(format: "%.0f", 100 * part)
            text += "<text x=\"\(left + side * part)\" y=\"\(top + side + 16)\" text-anchor=\"middle\">\(label)</text>"
            text += "<text x=\"\(left - 6)\" y=\"\(top + side * (1 - part) + 4)\" text-anchor=\"end\">\(label)</text>\n"
        }
        text += "<text x=\"\(left + side / 2)\" y=\"\(top + side + 34)\" text-anchor=\"middle\">good images above the "
        text += "threshold, %</text><text transform=\"translate(12 \(top + side / 2)) rotate(-90)\" "
        text += "text-anchor=\"middle\">defective images above it, %</text>\n"
        var legend = 0.0
        for type in [SampleType.logical, .structural] {
            var isThere = false
            for draw in draws {
                let curve = draw.ranking { $0.type == type }.curve
                guard !curve.isEmpty else { continue }
                isThere = true
                let points = Self.thinned(curve).map { point in
                    String(
                        format: "%.1f,%.1f", left + side * point.falsePositiveRate,
                        top + side * (1 - point.truePositiveRate))
                }
                text += "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" "
                text += "stroke=\"\(ChartColour.of(type))\" stroke-width=\"1.6\" stroke-opacity=\"0.75\"/>\n"
            }
            guard isThere else { continue }
            let y = top + side - 34 + legend
            text += "<line x1=\"\(left + side - 110)\" x2=\"\(left + side - 90)\" y1=\"\(y - 4)\" y2=\"\(y - 4)\" "
            text += "stroke=\"\(ChartColour.of(type))\" stroke-width=\"3\"/>"
            text += "<text x=\"\(left + side - 84)\" y=\"\(y)\">\(type.rawValue)</text>\n"
            legend += 18
        }
        svg = text + "</svg>\n"
    }

    private static func thinned(
        _ curve: [(falsePositiveRate: Double, truePositiveRate: Double)]
    ) -> [(falsePositiveRate: Double, truePositiveRate: Double)] {
        guard curve.count > mostCorners, let last = curve.last else { return curve }
        let step = curve.count / mostCorners + 1
        return stride(from: 0, to: curve.count, by: step).map { curve[$0] } + [last]
    }
}
