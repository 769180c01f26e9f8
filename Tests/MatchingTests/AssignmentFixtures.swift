import Foundation
import LinearAlgebra

/// Optimum totals that SciPy found for seeded matrices (`Tools/fixtures/assignment.py`).
enum AssignmentFixtures {
    struct Sample: Decodable {
        let kind: String
        let rows: Int
        let columns: Int
        let seed: UInt64
        let optimum: Double

        var name: String { "\(kind) \(rows)×\(columns), seed \(seed)" }

        func matrix() -> Matrix {
            var state = seed
            func next() -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 40)
            }
            var costs = Matrix(repeating: 0, rowCount: rows, columnCount: columns)
            if kind == "line" {
                let places = (0..<rows + columns).map { $0 % 7 * 1024 + next() % 64 }
                for row in 0..<rows {
                    for column in 0..<columns { costs[row, column] = Float(abs(places[row] - places[rows + column])) }
                }
            } else {
                for index in costs.elements.indices {
                    costs.elements[index] = kind == "uniform" ? Float(next()) / 16_777_216 : Float(next() % 10)
                }
            }
            return costs
        }
    }

    static func load() throws -> [Sample] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/assignment.json")
        return try JSONDecoder().decode([Sample].self, from: Data(contentsOf: file))
    }
}
