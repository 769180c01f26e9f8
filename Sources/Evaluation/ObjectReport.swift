internal import Foundation
internal import Metrics

/// A measurement of which objects are found as one page that needs nothing beside it.
package struct ObjectReport {
    private let result: ObjectResult
    private let dataSet: DataSet

    /// - Parameter dataSet: where the true outlines are read from.
    package init(_ result: ObjectResult, of dataSet: DataSet) {
        self.result = result
        self.dataSet = dataSet
    }

    package func html() -> [UInt8] {
        var page = ReportPage.head(title: "Objects found")
        page += "<h1>Objects found on \(HTML.text(ReportPage.lastPart(result.settings.path)))</h1>\n"
        page += "<p class=\"quiet\">\(HTML.text(ReportPage.description(of: result.settings)))</p>\n"
        page += table
        page += """
            <p class="quiet">Mean ± standard deviation over draws; percent, but for errors of counts, which are objects an \
            image. A detection is right if it shares half of the union with an object; each object takes one. Adapted: \
            with the good images of the draw; alone: what the picture shows without them; corrected: with the annotations of \
            some good images, whose classes name what is found. Mask overlap is the mean over \
            all objects that are there, 0 for one that is not found. An object is what the annotation has as one thing: a \
            heap of pellets that is annotated as one pile is one object.</p>
            <p class="quiet">In the pictures, pink is an object that is there, blue a detection that matches one, amber \
            a detection that matches none.</p>

            """
        if result.categories.count > 1 {
            let links = result.categories.map { "<a href=\"#\(HTML.text($0.name))\">\(HTML.text($0.name))</a>" }
            page += "<nav>\(links.joined(separator: " "))</nav>\n"
        }
        for category in result.categories { page += section(category) }
        page += "</main></body></html>\n"
        return Array(page.utf8)
    }

    private static let scores = [
        ("count error", "mae"), ("precision", "precision"), ("recall", "recall"), ("AP", "ap"),
        ("mask overlap", "mask_iou"),
    ]

    private static let groups: [(title: String, path: [String])] = [
        ("Adapted, good images", []), ("Alone, good images", ["before"]),
        ("Corrected, good images", ["corrected"]), ("Adapted, others", ["anomalous"]),
    ]

    private var table: String {
        var text = "<div class=\"wide\"><table><thead><tr><th></th>"
        for group in Self.groups { text += "<th colspan=\"\(Self.scores.count)\" class=\"group\">\(group.title)</th>" }
        text += "</tr><tr><th></th>"
        for _ in Self.groups { for score in Self.scores { text += "<th>\(score.0)</th>" } }
        text += "</tr></thead><tbody>\n"
        var rows = result.categories.map {
            ("<a href=\"#\(HTML.text($0.name))\">\(HTML.text($0.name))</a>", $0.figures)
        }
        if rows.count > 1 { rows.append(("<b>mean</b>", result.mean)) }
        for (title, figures) in rows {
            text += "<tr><th scope=\"row\">\(title)</th>"
            for group in Self.groups {
                for (_, name) in Self.scores {
                    let cell = Self.cell(figures.spread(at: group.path + [name]), isCount: name == "mae")
                    text += "<td>\(cell)</td>"
                }
            }
            text += "</tr>\n"
        }
        return text + "</tbody></table></div>\n"
    }

    private static func cell(_ spread: Spread?, isCount: Bool) -> String {
        guard let spread else { return "–" }
        return isCount
            ? String(format: "%.2f <small>± %.2f</small>", spread.mean, spread.std)
            : String(format: "%.1f <small>± %.1f</small>", 100 * spread.mean, 100 * spread.std)
    }

    private func section(_ category: ObjectResult.CategoryResult) -> String {
        var text = "<section id=\"\(HTML.text(category.name))\"><h2>\(HTML.text(category.name))</h2>\n"
        let shortfalls = ObjectShortfalls(of: category.figures).sentences
        if shortfalls.isEmpty {
            text += "<p>Nothing falls short on good images.</p>\n"
        } else {
            text += "<ul>\n" + shortfalls.map { "<li>\(HTML.text($0))</li>\n" }.joined() + "</ul>\n"
        }
        text += classes(category)
        let known = dataSet.categories.first { $0.name == category.name }
        text += ObjectPictures(of: category.draws, category: known).html
        return text + "</section>\n"
    }

    private func classes(_ category: ObjectResult.CategoryResult) -> String {
        guard case .group(let figures) = category.figures, case .group(let classes)? = figures["classes"] else {
            return ""
        }
        var text =
            "<div class=\"wide\"><table><thead><tr><th>class, good images</th><th>an image</th><th>AP</th><th>mask overlap</th>"
        for fate in ObjectFate.allCases { text += "<th>\(fate.rawValue)</th>" }
        text += "<th>corrected: AP by name</th><th>named right</th>"
        text += "</tr></thead><tbody>\n"
        for (name, figure) in classes.sorted(by: { $0.key < $1.key }) {
            text += "<tr><th scope=\"row\">\(HTML.text(name))</th>"
            text += "<td>\(figure.spread(at: ["per_image"]).map { String(format: "%.1f", $0.mean) } ?? "–")</td>"
            for path in [["ap"], ["mask_iou"]] {
                text += "<td>\(Self.cell(figure.spread(at: path), isCount: false))</td>"
            }
            for fate in ObjectFate.allCases {
                text += "<td>\(Self.cell(figure.spread(at: ["fates", fate.rawValue]), isCount: false))</td>"
            }
            for path in [["corrected", "ap"], ["corrected", "class_accuracy"]] {
                text += "<td>\(Self.cell(figure.spread(at: path), isCount: false))</td>"
            }
            text += "</tr>\n"
        }
        return text + "</tbody></table></div>\n"
    }
}
