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

    package init(_ result: EvaluationResult) {
        let rows = result.categories.map { ($0.name, $0.figures) } + [("mean", result.mean)]
        let first = max(8, rows.map(\.0.count).max() ?? 0)
        let widths = Self.columns.map { max(11, $0.title.count) }
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let settings = result.settings
        let draws = settings.seeds == 1 ? "1 draw" : "\(settings.seeds) draws"
        var lines = [
            "\(settings.method), \(settings.shots) shots, \(draws); percent, mean ± deviation over draws",
            String(repeating: " ", count: first)
                + zip(Self.columns, widths).map { "  " + pad($0.title, $1) }.joined(),
        ]
        for (name, figures) in rows {
            let cells = zip(Self.columns, widths).map { column, width in
                "  " + pad(Self.percent(figures.spread(at: column.path)), width)
            }
            lines.append(name + String(repeating: " ", count: first - name.count) + cells.joined())
        }
        text = lines.joined(separator: "\n")
    }

    static func percent(_ spread: Spread?) -> String {
        guard let spread else { return "–" }
        return String(format: "%.1f ± %.1f", 100 * spread.mean, 100 * spread.std)
    }
}
