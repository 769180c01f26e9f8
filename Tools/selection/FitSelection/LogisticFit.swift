import Assessment

/// Fits a logistic regression with a small ridge by Newton's method.
struct LogisticFit {
    private var rows: [[Double]] = []
    private var truths: [Double] = []
    private var weights: [Double] = []

    /// - Parameter weight: how much the sample counts.
    mutating func add(_ measures: [Float], _ truth: Bool, weight: Double) {
        rows.append(measures.map(Double.init))
        truths.append(truth ? 1 : 0)
        weights.append(weight)
    }

    private static let ridge = 0.01
    private static let rounds = 15

    func fitted() -> LogOdds {
        let width = rows.first?.count ?? 0
        let count = Double(rows.count)
        let means = (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / count }
        let spreads = (0..<width).map { column in
            (rows.reduce(0) { $0 + ($1[column] - means[column]) * ($1[column] - means[column]) } / count).squareRoot()
                + 1e-6
        }
        let scaled = rows.map { row in (0..<width).map { (row[$0] - means[$0]) / spreads[$0] } + [1] }
        let total = weights.reduce(0, +)
        var factors = [Double](repeating: 0, count: width + 1)
        for _ in 0..<Self.rounds {
            var slope = factors.map { Self.ridge * $0 }
            slope[width] = 0
            var curve = (0...width).map { row in
                (0...width).map { $0 == row ? (row == width ? 1e-8 : Self.ridge) : 0 }
            }
            for (index, row) in scaled.enumerated() {
                let odds = zip(row, factors).reduce(0) { $0 + $1.0 * $1.1 }
                let probability = Double(ObjectnessHead.probability(Float(odds)))
                let weight = weights[index] / total
                for first in 0...width {
                    slope[first] += weight * (probability - truths[index]) * row[first]
                    let part = weight * probability * (1 - probability) * row[first]
                    for second in 0...width { curve[first][second] += part * row[second] }
                }
            }
            let step = Self.solution(of: curve, slope)
            for index in factors.indices { factors[index] -= step[index] }
        }
        let plain = (0..<width).map { factors[$0] / spreads[$0] }
        let bias = (0..<width).reduce(factors[width]) { $0 - plain[$1] * means[$1] }
        return LogOdds(weights: plain.map { Float($0) }, bias: Float(bias))
    }

    /// Gauss's elimination with the largest pivots.
    private static func solution(of matrix: [[Double]], _ right: [Double]) -> [Double] {
        var rows = zip(matrix, right).map { $0 + [$1] }
        let count = rows.count
        for column in 0..<count {
            let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            rows.swapAt(column, pivot)
            for row in 0..<count where row != column {
                let factor = rows[row][column] / rows[column][column]
                for index in column...count { rows[row][index] -= factor * rows[column][index] }
            }
        }
        return (0..<count).map { rows[$0][count] / rows[$0][$0] }
    }
}
