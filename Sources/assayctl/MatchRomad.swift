internal import Foundation
internal import LinearAlgebra
internal import Matching

/// A case for ROMAD: embeddings before context, boxes as x1 y1 x2 y2 and areas in pixels.
struct RomadCase: MatchCase {
    let name: String
    private let neighbourCount: Int
    private let areaWeight: Double
    private let nearestCount: Int
    private let query: Scene
    private let bank: [Scene]

    private enum CodingKeys: String, CodingKey {
        case name, query, bank
        case neighbourCount = "neighbours"
        case areaWeight = "area_weight"
        case nearestCount = "k"
    }

    private struct Scene: Decodable {
        let embeddings: [[Double]]
        let boxes: [[Double]]
        let areas: [Double]

        /// Checked and with its context; `width` is what the first object met has, the others must agree.
        func scene(_ key: String, neighbourCount: Int, width: inout Int?) throws -> RomadScene {
            let count = embeddings.count
            try MatchInput.require(
                count <= MatchInput.objectLimit, "\(key).embeddings", "more than \(MatchInput.objectLimit) objects")
            try MatchInput.require(
                boxes.count == count, "\(key).boxes", "\(boxes.count) boxes for \(count) embeddings")
            try MatchInput.require(
                areas.count == count, "\(key).areas", "\(areas.count) areas for \(count) embeddings")
            var elements: [Float] = []
            for (index, embedding) in embeddings.enumerated() {
                let place = "\(key).embeddings[\(index)]"
                try MatchInput.require(!embedding.isEmpty, place, "is empty")
                try MatchInput.require(
                    embedding.count == width ?? embedding.count, place,
                    "\(embedding.count) values where earlier objects have \(width ?? 0)")
                width = embedding.count
                elements += try MatchInput.bounded(embedding, place)
            }
            var centres: [SIMD2<Float>] = []
            for (index, box) in boxes.enumerated() {
                let place = "\(key).boxes[\(index)]"
                try MatchInput.require(box.count == 4, place, "\(box.count) values instead of x1 y1 x2 y2")
                let corners = try MatchInput.bounded(box, place)
                centres.append(SIMD2(corners[0] + corners[2], corners[1] + corners[3]) / 2)
            }
            let areas = try MatchInput.bounded(areas, "\(key).areas")
            if let index = areas.firstIndex(where: { $0 < 0 }) {
                throw MatchInputError(key: "\(key).areas[\(index)]", problem: "is negative")
            }
            return RomadScene(
                embeddings: Matrix(rowCount: count, columnCount: count > 0 ? width ?? 0 : 0, elements: elements),
                centres: centres, areas: areas, neighbourCount: neighbourCount)
        }
    }

    func result() throws -> RomadResult {
        try MatchInput.require((1...1000).contains(neighbourCount), "neighbours", "must be 1 to 1000")
        try MatchInput.require((1...100_000).contains(nearestCount), "k", "must be 1 to 100000")
        try MatchInput.require(areaWeight >= 0 && areaWeight <= 1e6, "area_weight", "must be 0 to 1e6")
        try MatchInput.require(!bank.isEmpty, "bank", "holds no support image")
        var width: Int?
        let scene = try query.scene("query", neighbourCount: neighbourCount, width: &width)
        let scenes = try bank.enumerated().map { index, support in
            try support.scene("bank[\(index)]", neighbourCount: neighbourCount, width: &width)
        }
        var solver = AssignmentSolver()
        let score = try RomadBank(scenes: scenes, areaWeight: Float(areaWeight), nearestCount: nearestCount)
            .score(of: scene, with: &solver)
        return RomadResult(name: name, score: score)
    }
}

/// The line printed for a ROMAD case.
struct RomadResult: MatchResult {
    struct Support: Encodable {
        let distance: Double
        let pairs: [[Int]]
        let extra: [Int]
        let missing: [Int]
    }

    let name: String
    let score: Double
    let nearest: [Int]
    let perSupport: [Support]

    private enum CodingKeys: String, CodingKey {
        case name, score, nearest
        case perSupport = "per_support"
    }

    init(name: String, score: RomadBank.Score) {
        self.name = name
        self.score = score.value
        nearest = score.nearest
        perSupport = score.comparisons.map { comparison in
            Support(
                distance: comparison.distance, pairs: comparison.assignment.pairs.map { [$0.row, $0.column] },
                extra: comparison.assignment.unmatchedRows, missing: comparison.assignment.unmatchedColumns)
        }
    }

    var row: String {
        let supports = nearest.map { "\($0) (\(MatchTable.number(perSupport[$0].distance)))" }
        return MatchTable.name(name) + MatchTable.number(score) + "  " + supports.joined(separator: ", ")
    }
}

/// Columns of the tables printed for people.
enum MatchTable {
    static func name(_ name: String) -> String {
        let shown = name.count > 28 ? String(name.prefix(27)) + "…" : name
        return shown + String(repeating: " ", count: 30 - shown.count)
    }

    static func number(_ value: Double) -> String { String(format: "%9.6f", value) }

    static func count(_ value: Int, width: Int) -> String {
        let digits = String(value)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }
}
