internal import Foundation
internal import Inference
internal import Metrics
internal import Verdicts

/// A result as one page that needs nothing beside it: figures, ROC curves, histograms of scores, the worst images.
package struct EvaluationReport {
    private let result: EvaluationResult
    private let dataSet: DataSet

    /// - Parameter dataSet: where the worst images and their truths are read from.
    package init(_ result: EvaluationResult, of dataSet: DataSet) {
        self.result = result
        self.dataSet = dataSet
    }

    package func html() -> [UInt8] {
        var page = ReportPage.head(title: "Evaluation of \(result.settings.method)")
        page +=
            "<h1>Evaluation: \(HTML.text(result.settings.method)) on \(HTML.text(ReportPage.lastPart(result.settings.path)))</h1>\n"
        page += "<p class=\"quiet\">\(HTML.text(ReportPage.description(of: result.settings)))</p>\n"
        page += table
        page +=
            "<p class=\"quiet\">Percent, mean ± standard deviation over draws. AUROC: of images by the sort of their "
        page +=
            "defect, of pixels, and the saturated overlap (sPRO) up to 5 % of false-positive pixels. False alarms and "
        page +=
            "misses at the calibrated threshold, where an inconclusive image counts as an alarm. Findings: kind and "
        page +=
            "place right, kind alone, place alone; and how many a good image has. In the "
        page += "pictures a pink outline is the truth; everything else is what was said.</p>\n"
        if result.categories.count > 1 {
            let links = result.categories.map { "<a href=\"#\(HTML.text($0.name))\">\(HTML.text($0.name))</a>" }
            page += "<nav>\(links.joined(separator: " "))</nav>\n"
        }
        for category in result.categories { page += section(category) }
        page += "</main></body></html>\n"
        return Array(page.utf8)
    }

    private static let columns: [(group: String, title: String, path: [String])] = [
        ("Image AUROC", "all", ["image_auroc", "all"]), ("Image AUROC", "logical", ["image_auroc", "logical"]),
        ("Image AUROC", "structural", ["image_auroc", "structural"]), ("Pixels", "AUROC", ["pixel_auroc"]),
        ("Pixels", "PRO", ["pro"]), ("Pixels", "sPRO", ["spro", "0.05", "all"]),
        ("Calibrated", "false alarms", ["calibrated", "false_alarm"]),
        ("Calibrated", "misses", ["calibrated", "miss"]),
        ("Calibrated", "inconclusive", ["calibrated", "inconclusive"]), ("Findings", "right", ["findings", "right"]),
        ("Findings", "kind", ["findings", "kind"]), ("Findings", "place", ["findings", "place"]),
        ("Findings", "a good image", ["findings", "per_good_image"]),
    ]

    private var table: String {
        var groups: [(name: String, count: Int)] = []
        for column in Self.columns {
            if groups.last?.name == column.group {
                groups[groups.count - 1].count += 1
            } else {
                groups.append((column.group, 1))
            }
        }
        var text = "<div class=\"wide\"><table><thead><tr><th></th>"
        for group in groups { text += "<th colspan=\"\(group.count)\" class=\"group\">\(group.name)</th>" }
        text += "</tr><tr><th></th>"
        for column in Self.columns { text += "<th>\(column.title)</th>" }
        text += "</tr></thead><tbody>\n"
        for category in result.categories { text += row(category.name, category.figures, isLink: true) }
        if result.categories.count > 1 { text += row("mean", result.mean, isLink: false) }
        return text + "</tbody></table></div>\n"
    }

    private func row(_ name: String, _ figures: Figure, isLink: Bool) -> String {
        let title = isLink ? "<a href=\"#\(HTML.text(name))\">\(HTML.text(name))</a>" : "<b>\(name)</b>"
        var text = "<tr><th scope=\"row\">\(title)</th>"
        for column in Self.columns {
            let spread = figures.spread(at: column.path)
            // Findings of a good image are a number, the others shares.
            let cell =
                column.title == "a good image"
                ? spread.map { String(format: "%.2f <small>± %.2f</small>", $0.mean, $0.std) }
                : spread.map { String(format: "%.1f <small>± %.1f</small>", 100 * $0.mean, 100 * $0.std) }
            text += "<td>\(cell ?? "–")</td>"
        }
        return text + "</tr>\n"
    }

    private func section(_ category: EvaluationResult.CategoryResult) -> String {
        var text = "<section id=\"\(HTML.text(category.name))\"><h2>\(HTML.text(category.name))</h2>\n"
        text += "<div class=\"charts\">\(RocChart(category.draws).svg)\(ScoreChart(category.draws).svg)</div>\n"
        text += subtypes(category)
        let known = dataSet.categories.first { $0.name == category.name }
        text += WorstImages(of: category.draws, category: known).html
        return text + "</section>\n"
    }

    private func subtypes(_ category: EvaluationResult.CategoryResult) -> String {
        guard case .group(let figures) = category.figures, case .group(let auroc)? = figures["image_auroc"],
            case .group(let subtypes)? = auroc["subtypes"], !subtypes.isEmpty
        else { return "" }
        var text = "<details><summary>By sort of defect</summary><table><thead><tr><th></th><th>images</th>"
        text += "<th>AUROC</th><th>missed</th></tr></thead><tbody>\n"
        for name in subtypes.keys.sorted() {
            let images = category.draws.flatMap { $0.images.filter { $0.type != .good && $0.subtype == name } }
            let missed = images.count { $0.decision == .pass }
            let share = images.isEmpty ? "–" : String(format: "%.0f", 100 * Double(missed) / Double(images.count))
            text += "<tr><th scope=\"row\">\(HTML.text(name))</th>"
            text += "<td>\(images.count / max(category.draws.count, 1))</td>"
            text += "<td>\(EvaluationTable.percent(subtypes[name]?.spread(at: [])))</td><td>\(share)</td></tr>\n"
        }
        return text + "</tbody></table></details>\n"
    }
}
