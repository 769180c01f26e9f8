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
        var page = Self.head(title: "Evaluation of \(result.settings.method)")
        page +=
            "<h1>Evaluation: \(HTML.text(result.settings.method)) on \(HTML.text(Self.lastPart(result.settings.path)))</h1>\n"
        page += "<p class=\"quiet\">\(HTML.text(description))</p>\n"
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

    private var description: String {
        let settings = result.settings
        let model = settings.model.map { ", model \($0.name) (\($0.precision), \($0.digest.prefix(12)))" } ?? ""
        let parameters = settings.parameters.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { "\(name) \(Self.plain($0))" }
        }
        let draws = settings.seeds == 1 ? "1 draw" : "\(settings.seeds) draws"
        let shots = settings.shots == 1 ? "1 good image" : "\(settings.shots) good images"
        return "\(draws) of \(shots), layout \(settings.layout)\(model); \(parameters.joined(separator: ", ")). "
            + "Data: \(settings.path)"
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

    private static func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func plain(_ value: Double) -> String { String(format: "%.6g", value) }

    private static func head(title: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>\(HTML.text(title))</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body { margin: 0; background: #fff; color: #1b1f24; font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 60px; }
        h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 20px; margin: 44px 0 10px; } h3 { font-size: 16px; }
        .quiet { color: #59636e; max-width: 90ch; overflow-wrap: anywhere; } nav a { margin-right: 12px; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 14px 0; }
        th, td { padding: 4px 8px; vertical-align: top; text-align: right; border-bottom: 1px solid #d9dee3; white-space: nowrap; }
        th { font-weight: 600; } tbody th { text-align: left; } .group { border-left: 1px solid #d9dee3; text-align: left; }
        small { color: #59636e; } .wide small { display: block; } .wide { overflow-x: auto; } summary { cursor: pointer; }
        .charts { display: flex; flex-wrap: wrap; gap: 28px; } svg { max-width: 100%; height: auto; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 18px; }
        figure { margin: 0; } figure img { width: 100%; display: block; } figcaption { font-size: 13px; margin-top: 4px; }
        </style></head><body><main>

        """
    }
}
