internal import Foundation

/// The file that `--json` writes: figures of each category, their mean, and what they rest on.
enum ResultJSON {
    private struct File: Encodable {
        let categories: [String: Figure]
        let mean: Figure
        let settings: EvaluationSettings
    }

    static func encode(categories: [String: Figure], mean: Figure, settings: EvaluationSettings) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = File(categories: categories, mean: mean, settings: settings)
        return Array(try encoder.encode(file)) + [UInt8(ascii: "\n")]
    }
}
