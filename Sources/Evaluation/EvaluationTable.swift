internal import Foundation
internal import Metrics

/// The main figures as lines of text: percentages, mean ± standard deviation over draws.
package struct EvaluationTable {
    package let text: String

    private static let columns: [(title: String, path: [String])] = [
        ("all", ["image_auroc", "all"]), ("logical", ["image_auroc", "logical"]),
        ("structural", ["image_auroc", "structural"]), ("pixel", ["pixel_auroc"]), ("PRO", ["pro"]),
        ("sPRO .05", ["spro", "0.05", "all"]), ("false alarm", ["calibrated", "false_alarm"]),
        ("miss", ["calibrated", "miss"]), ("inconclusive", ["calibrated", "inconclusive"]),
        ("right", ["findings", "right"]), ("kind", ["findings", "kind"]), ("place", ["findings", "place"]),
    ]

    /// Errors of counts are numbers, all else is shares.
    private static let objectColumns: [(title: String, path: [String])] = [
        ("count error", ["mae"]), ("precision", ["precision"]), ("recall", ["recall"]), ("AP", ["ap"]),
        ("mask IoU", ["mask_iou"]), ("before: error", ["before", "mae"]), ("AP", ["before", "ap"]),
        ("corrected: error", ["corrected", "mae"]), ("AP", ["corrected", "ap"]),
        ("classes", ["corrected", "class_accuracy"]), ("anomalous: error", ["anomalous", "mae"]),
        ("AP", ["anomalous", "ap"]),
    ]

    package init(_ result: EvaluationResult) {
        self.init(
            rows: result.categories.map { ($0.name, $0.figures) } + [("mean", result.mean)], columns: Self.columns,
            title: result.settings.method, settings: result.settings, remark: Self.remark(on: result))
    }

    private static func remark(on result: EvaluationResult) -> String? {
        guard let order = result.mean.spread(at: ["self_test", "rank_correlation"]) else { return nil }
        return String(
            format: "rank correlation of what sets notice of their own images, altered, and of the test images: "
                + "%.2f ± %.2f", order.mean, order.std)
    }

    package init(_ result: ObjectResult) {
        self.init(
            rows: result.categories.map { ($0.name, $0.figures) } + [("mean", result.mean)],
            columns: Self.objectColumns, title: "objects", settings: result.settings)
    }

    private init(
        rows: [(String, Figure)], columns: [(title: String, path: [String])], title: String,
        settings: EvaluationSettings, remark: String? = nil
    ) {
        let first = max(8, rows.map(\.0.count).max() ?? 0)
        let widths = columns.map { max(11, $0.title.count) }
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let draws = settings.seeds == 1 ? "1 draw" : "\(settings.seeds) draws"
        var lines = [
            "\(title), \(settings.shots) shots, \(draws); percent, mean ± deviation over draws",
            String(repeating: " ", count: first)
                + zip(columns, widths).map { "  " + pad($0.title, $1) }.joined(),
        ]
        for (name, figures) in rows {
            let cells = zip(columns, widths).map { column, width in
                "  " + pad(Self.cell(figures.spread(at: column.path), isCount: column.path.last == "mae"), width)
            }
            lines.append(name + String(repeating: " ", count: first - name.count) + cells.joined())
        }
        if let remark { lines.append(remark) }
        text = lines.joined(separator: "\n")
    }

    private static func cell(_ spread: Spread?, isCount: Bool) -> String {
        guard isCount, let spread else { return percent(spread) }
        return String(format: "%.2f ± %.2f", spread.mean, spread.std)
    }

    static func percent(_ spread: Spread?) -> String {
        guard let spread else { return "–" }
        return String(format: "%.1f ± %.1f", 100 * spread.mean, 100 * spread.std)
    }
}
