internal import Foundation
internal import Metrics

/// What falls short on the good images of a category, in words: which classes, how, and how often.
package struct ObjectShortfalls {
    package let sentences: [String]

    /// Rarer things are not worth a line.
    private static let least = 0.005

    package init(of figures: Figure) {
        var lines: [(weight: Double, text: String)] = []
        if case .group(let inner) = figures, case .group(let classes)? = inner["classes"] {
            for (name, figure) in classes {
                let count = figure.spread(at: ["per_image"])?.mean ?? 0
                for fate in ObjectFate.allCases where fate != .found {
                    guard let share = figure.spread(at: ["fates", fate.rawValue])?.mean, share >= Self.least else {
                        continue
                    }
                    lines.append((share * count, "\(name): \(Self.percent(share)) \(fate.words)"))
                }
                if case .group(let inner) = figure, case .group(let corrected)? = inner["corrected"],
                    case .group(let called)? = corrected["called"]
                {
                    for (other, share) in called where other != name {
                        guard let share = share.spread(at: [])?.mean, share >= Self.least else { continue }
                        lines.append(
                            (share * count, "\(name): with annotations, \(Self.percent(share)) are called \(other)"))
                    }
                }
            }
        }
        for fault in FalseDetection.allCases {
            guard let count = figures.spread(at: ["false_detections", fault.rawValue])?.mean, count >= Self.least else {
                continue
            }
            lines.append((count, String(format: "%.2f detections an image ", count) + fault.words))
        }
        sentences = lines.sorted { ($0.weight, $1.text) > ($1.weight, $0.text) }.map(\.text)
    }

    private static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }
}
