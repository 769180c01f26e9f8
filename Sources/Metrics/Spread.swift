/// The mean of some values and how far they lie from it.
package struct Spread: Equatable, Sendable, Codable {
    package let mean: Double

    /// The population's standard deviation (divided by n); 0 for a single value.
    package let std: Double

    /// Nil for no values.
    package init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        std = (squares / Double(values.count)).squareRoot()
    }
}
