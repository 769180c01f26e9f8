internal import Foundation

/// How the scores of each type of image lie to the threshold, all draws together.
struct ScoreChart {
    let svg: String

    private static let binCount = 40

    /// Scores are shown up to this many times the threshold; higher ones in the last bin.
    private static let mostRatio = 3.0

    init(_ draws: [Draw]) {
        var counts: [SampleType: [Int]] = [:]
        for draw in draws {
            for image in draw.images {
                // An image that could not be judged lies behind all others.
                let ratio = image.score.map { Double($0 / max(draw.threshold, .leastNormalMagnitude)) }
                let place = min(max(0, (ratio ?? .infinity) / Self.mostRatio), 1) * Double(Self.binCount)
                let bin = min(Self.binCount - 1, Int(place))
                counts[image.type, default: [Int](repeating: 0, count: Self.binCount)][bin] += 1
            }
        }
        let types = SampleType.allCases.filter { counts[$0] != nil }
        let (left, top, width, height) = (96.0, 14.0, 480.0, 300.0)
        let panel = height / Double(max(types.count, 1))
        var text = """
            <svg width="600" height="366" viewBox="0 0 600 366" role="img" aria-label="Scores by type" font-size="12">

            """
        for (index, type) in types.enumerated() {
            let bins = counts[type] ?? []
            let base = top + panel * Double(index + 1)
            let most = Double(max(1, bins.max() ?? 1))
            let barWidth = width / Double(Self.binCount)
            for (bin, count) in bins.enumerated() where count > 0 {
                let barHeight = (panel - 14) * Double(count) / most
                text += String(
                    format: "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%@\"/>",
                    left + barWidth * Double(bin), base - barHeight, barWidth - 1, barHeight, ChartColour.of(type))
            }
            text += "\n<line x1=\"\(left)\" x2=\"\(left + width)\" y1=\"\(base)\" y2=\"\(base)\" stroke=\"#b6bec7\"/>"
            text += "<text x=\"\(left - 8)\" y=\"\(base - panel / 2)\" text-anchor=\"end\" "
            text += "fill=\"\(ChartColour.of(type))\" font-weight=\"600\">\(type.rawValue)</text>"
            text += "<text x=\"\(left - 8)\" y=\"\(base - panel / 2 + 15)\" text-anchor=\"end\" fill=\"#59636e\">"
            text += "\(bins.reduce(0, +)) scores</text>\n"
        }
        let limit = left + width / Self.mostRatio
        text += "<line x1=\"\(limit)\" x2=\"\(limit)\" y1=\"\(top)\" y2=\"\(top + height)\" stroke=\"#1b1f24\" "
        text += "stroke-dasharray=\"5 4\"/>\n"
        for step in 0...6 where step != 5 {
            let ratio = Double(step) / 2
            let label = ratio == Self.mostRatio ? "3 or more" : String(format: "%g", ratio)
            let x = left + width * ratio / Self.mostRatio
            text += "<text x=\"\(x)\" y=\"\(top + height + 16)\" text-anchor=\"\(step == 6 ? "end" : "middle")\">"
            text += "\(label)</text>"
        }
        text += "\n<text x=\"\(left + width / 2)\" y=\"\(top + height + 34)\" text-anchor=\"middle\">"
        svg = text + "score ÷ threshold (dashed: the calibrated threshold)</text></svg>\n"
    }
}
