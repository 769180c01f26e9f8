import Foundation

/// Figures that scikit-learn, scikit-image and a count of every threshold find (`Tools/fixtures/metrics.py`).
struct MetricsFixtures: Decodable {
    struct Ranking: Decodable {
        let name: String
        let positives: [Float]
        let negatives: [Float]
        let auroc: Double?
        let averagePrecision: Double?
        let f1Max: Double?
        let f1Threshold: Float?
    }

    struct Defect: Decodable {
        let bitmap: [UInt8]
        let saturation: Double?
    }

    struct Picture: Decodable {
        let width: Int
        let scores: [Float]
        let defects: [Defect]
        let regionCount: Int
    }

    struct Overlap: Decodable {
        let name: String
        let pictures: [Picture]
        let pixelAuroc: Double?
        let pro: [Double?]
        let spro: [Double?]
    }

    let rankings: [Ranking]
    let limits: [Double]
    let overlaps: [Overlap]

    static func read() throws -> MetricsFixtures {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = tests.appendingPathComponent("Fixtures/metrics.json")
        return try decoder.decode(MetricsFixtures.self, from: Data(contentsOf: file))
    }
}

/// Both absent, or within a millionth of each other.
func agree(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return abs(value - expected) <= 1e-6
}
