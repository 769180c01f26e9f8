internal import Foundation
internal import Imaging
internal import Verdicts

/// The images of a category that were judged worst, each with what was said of it.
struct WorstImages {
    let html: String

    /// Pictures of each sort.
    private static let mostPictures = 6

    /// One image of one draw.
    private struct Case {
        let image: JudgedImage
        let seed: Int
        let threshold: Float

        /// Score ÷ threshold.
        var ratio: Float { (image.score ?? .infinity) / max(threshold, .leastNormalMagnitude) }
    }

    /// - Parameter category: where truths are read from; nil if they are not at hand.
    init(of draws: [Draw], category: Category?) {
        let samples = Dictionary((category?.test ?? []).map { ($0.name, $0) }) { first, _ in first }
        let cases = draws.flatMap { draw in
            draw.images.map { Case(image: $0, seed: draw.seed, threshold: draw.threshold) }
        }
        var text = ""
        func add(_ title: String, _ chosen: [Case]) {
            guard !chosen.isEmpty else { return }
            let shown = Self.firstOfEach(chosen)
            let count = Set(chosen.map(\.image.name)).count
            let part = count > shown.count ? " (\(shown.count) of \(count))" : ""
            text += "<h3>\(title)\(part)</h3>\n<div class=\"pictures\">\n"
            for item in shown { text += Self.figure(item, truth: samples[item.image.name]) }
            text += "</div>\n"
        }
        add(
            "Defects that passed",
            cases.filter { $0.image.type != .good && $0.image.decision == .pass }.sorted { $0.ratio < $1.ratio })
        add(
            "Good images that did not pass",
            cases.filter { $0.image.type == .good && $0.image.decision != .pass }.sorted { $0.ratio > $1.ratio })
        add(
            "Defects found, but with wrong words or at a wrong place",
            cases.filter { item in
                guard let explanation = item.image.explanation, item.image.decision != .pass else { return false }
                return explanation.placedCount > 0 && explanation.rightCount == 0
            }.sorted { $0.ratio > $1.ratio })
        html = text
    }

    /// Each image once, in the draw where it comes first.
    private static func firstOfEach(_ cases: [Case]) -> [Case] {
        var seen: Set<String> = []
        return Array(cases.filter { seen.insert($0.image.name).inserted }.prefix(mostPictures))
    }

    private static func figure(_ item: Case, truth: Sample?) -> String {
        let image = item.image
        let sort = image.subtype.map { "\(image.type.rawValue), \($0)" } ?? image.type.rawValue
        var words = "<b>\(HTML.text(image.name))</b> (\(HTML.text(sort))), draw \(item.seed + 1): "
        words += image.decision.rawValue.replacing("_", with: " ")
        words += image.score == nil ? "" : String(format: " at %.2f times the threshold", item.ratio)
        for finding in image.findings.prefix(4) { words += "<br>– \(HTML.text(finding.sentence))" }
        if image.findings.count > 4 { words += "<br>and \(image.findings.count - 4) more" }
        return ReportPage.figure(name: image.name, words: words) { try drawn(item, truth: truth) }
    }

    /// The picture with what was said, and the outline of the truth.
    private static func drawn(_ item: Case, truth: Sample?) throws -> Image {
        let original = try Image(contentsOf: item.image.path)
        let size = ReportPage.size(of: original.size)
        var picture = original.resized(to: size)
        if case .alternatives(let files)? = truth?.pixels {
            let masks = try DefectMasks(reading: files, for: original.size)
            let mask = Mask(grid: masks.grid, bitmap: masks.union).scaled(to: size)
            let mark = OverlayMark(
                box: mask.box, mask: mask, label: "", colour: OverlayColour(red: 255, green: 0, blue: 220))
            picture = Overlay().draw(marks: [mark], on: picture).image
        }
        let findings = item.image.findings.map { told in
            Finding(
                kind: told.kind, box: told.box?.scaled(from: original.size, to: size),
                expectedBox: told.expectedBox?.scaled(from: original.size, to: size), cost: 0)
        }
        let assessment = Assessment(
            decision: item.image.decision, score: item.image.score,
            limits: Limits(threshold: item.threshold, guardBand: item.threshold...item.threshold), findings: findings)
        return FindingOverlay().draw(assessment, on: picture)
    }
}
