internal import Foundation
internal import Metrics

/// All object draws of all categories with their figures.
package struct ObjectResult: Sendable {
    package struct CategoryResult: Sendable {
        package let name: String
        package let draws: [ObjectDraw]
        package let figures: Figure
    }

    package let categories: [CategoryResult]

    /// Over categories: for each seed the mean of all categories, then mean and deviation over seeds.
    package let mean: Figure
    package let settings: EvaluationSettings

    /// - Parameter draws: by category, one a seed, in the order of the seeds.
    package init(draws: [[ObjectDraw]], settings: EvaluationSettings) {
        self.settings = settings
        let kept = draws.filter { !$0.isEmpty }
        categories = kept.map { draws in
            CategoryResult(
                name: draws[0].category, draws: draws,
                figures: Measure.spread(of: draws.map { Measure($0, withClasses: true) }))
        }
        mean = Measure.spread(
            of: (0..<(kept.map(\.count).max() ?? 0)).map { seed in
                Measure.mean(of: kept.map { Measure($0[seed], withClasses: false) })
            })
    }

    package func json() throws -> [UInt8] {
        try ResultJSON.encode(
            categories: Dictionary(categories.map { ($0.name, $0.figures) }) { first, _ in first }, mean: mean,
            settings: settings)
    }
}
