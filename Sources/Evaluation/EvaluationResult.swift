internal import Metrics

/// All draws of all categories with their figures.
package struct EvaluationResult: Sendable {
    package struct CategoryResult: Sendable {
        package let name: String
        package let draws: [Draw]
        package let figures: Figure
    }

    package let categories: [CategoryResult]

    /// Over categories: for each seed the mean of all categories, then mean and deviation over seeds.
    package let mean: Figure
    package let settings: EvaluationSettings

    /// - Parameter draws: by category, one a seed, in the order of the seeds.
    package init(draws: [[Draw]], settings: EvaluationSettings) {
        self.settings = settings
        categories = draws.filter { !$0.isEmpty }.map { draws in
            CategoryResult(
                name: draws[0].category, draws: draws,
                figures: Measure.spread(of: draws.map { Measure($0, withSubtypes: true) }))
        }
        let seeds = categories.map(\.draws.count).max() ?? 0
        let categories = categories
        mean = Measure.spread(
            of: (0..<seeds).map { seed in
                let draws = categories.map { $0.draws[seed] }
                return Measure.mean(of: draws.map { Measure($0, withSubtypes: false) })
                    .replacing("self_test", by: Measure.selfTest(of: draws))
            })
    }

    package func json() throws -> [UInt8] {
        try ResultJSON.encode(
            categories: Dictionary(categories.map { ($0.name, $0.figures) }) { first, _ in first }, mean: mean,
            settings: settings)
    }
}
