internal import Foundation
internal import Imaging
internal import Inference
internal import Matching
internal import Verdicts

/// A case for ObjectCore: smoothed features ordered y, x, channel, and masks as run lengths along the rows, zeros first.
struct ObjectCoreCase: MatchCase {
    let name: String
    private let shape: Shape
    private let gamma: Double
    private let sigma: Double
    private let topFraction: Double
    private let query: Scene
    private let bank: [Scene]

    private enum CodingKeys: String, CodingKey {
        case name, shape, gamma, sigma, query, bank
        case topFraction = "top_fraction"
    }

    private struct Shape: Decodable {
        let channels: Int
        let grid: [Int]
        let image: [Int]

        func check() throws {
            try MatchInput.require((1...65_536).contains(channels), "shape.channels", "must be 1 to 65536")
            for (key, sides, limit) in [("shape.grid", grid, 4096), ("shape.image", image, 8192)] {
                try MatchInput.require(
                    sides.count == 2 && sides.allSatisfy { (1...limit).contains($0) }, key,
                    "must be height and width, each 1 to \(limit)")
            }
        }
    }

    private struct Scene: Decodable {
        let features: [Double]
        let masks: [[Int]]

        func image(_ key: String, _ shape: Shape) throws -> ObjectCoreImage {
            let expected = shape.grid[0] * shape.grid[1] * shape.channels
            try MatchInput.require(
                features.count == expected, "\(key).features",
                "\(features.count) values where the shape asks for \(expected)")
            let values = try MatchInput.bounded(features, "\(key).features")
            try MatchInput.require(
                masks.count <= MatchInput.objectLimit, "\(key).masks", "more than \(MatchInput.objectLimit) objects")
            let size = PixelSize(width: shape.image[1], height: shape.image[0])
            let grid = FeatureGrid(
                height: shape.grid[0], width: shape.grid[1], channelCount: shape.channels, values: values)
            return ObjectCoreImage(
                features: grid,
                masks: try masks.enumerated().map { try Self.mask($1, size, "\(key).masks[\($0)]") })
        }

        /// The mask in the bounding box of its runs.
        private static func mask(_ runs: [Int], _ size: PixelSize, _ key: String) throws -> Mask {
            var pieces: [Range<Int>] = []
            var position = 0
            for (index, length) in runs.enumerated() {
                try MatchInput.require(
                    length >= 0 && length <= size.pixelCount - position, "\(key)[\(index)]",
                    "a run of \(length) leaves the image of \(size.pixelCount) pixels")
                if index % 2 == 1, length > 0 { pieces.append(position..<position + length) }
                position += length
            }
            try MatchInput.require(
                position == size.pixelCount, key, "the runs cover \(position) of \(size.pixelCount) pixels")
            guard let first = pieces.first, let last = pieces.last else {
                return Mask(grid: size, box: PixelBox(x: 0, y: 0, width: 0, height: 0), bits: [])
            }
            var left = size.width
            var right = 0
            for piece in pieces {
                let start = piece.lowerBound % size.width
                let end = (piece.upperBound - 1) % size.width + 1
                let isOneRow = piece.count == end - start
                left = min(left, isOneRow ? start : 0)
                right = max(right, isOneRow ? end : size.width)
            }
            let top = first.lowerBound / size.width
            let bottom = (last.upperBound - 1) / size.width + 1
            let box = PixelBox(x: left, y: top, width: right - left, height: bottom - top)
            var bits = [UInt8](repeating: 0, count: box.area)
            for piece in pieces {
                for pixel in piece {
                    bits[(pixel / size.width - top) * box.width + pixel % size.width - left] = 1
                }
            }
            return Mask(grid: size, box: box, bits: bits)
        }
    }

    func result() throws -> ObjectCoreResult {
        try shape.check()
        try MatchInput.require(gamma >= 0 && gamma <= 1e6, "gamma", "must be 0 to 1e6")
        try MatchInput.require(sigma >= 0 && sigma <= 100, "sigma", "must be 0 to 100")
        try MatchInput.require(topFraction >= 0 && topFraction <= 1, "top_fraction", "must be 0 to 1")
        try MatchInput.require(!bank.isEmpty, "bank", "holds no support image")
        let image = try query.image("query", shape)
        let supports = try bank.enumerated().map { try $1.image("bank[\($0)]", shape) }
        let match = try ObjectCoreMatch(
            of: image, against: supports, imageSize: PixelSize(width: shape.image[1], height: shape.image[0]),
            areaWeight: Float(gamma), sigma: Float(sigma), topFraction: topFraction)
        return ObjectCoreResult(name: name, match: match, query: image, support: supports[match.nearest])
    }
}

/// The line printed for an ObjectCore case.
struct ObjectCoreResult: MatchResult {
    struct Pair: Encodable {
        let query: Int
        let support: Int
        let cost: Float

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(query)
            try container.encode(support)
            try container.encode(cost)
        }
    }

    let name: String
    let score: Float
    let nearest: Int
    let pairs: [Pair]
    let extra: [Int]
    let missing: [Int]
    let mapMaximum: Float

    private enum CodingKeys: String, CodingKey {
        case name, score, nearest, pairs, extra, missing
        case mapMaximum = "map_max"
    }

    /// Objects are named by their place in the file, where masks without a pixel count.
    init(name: String, match: ObjectCoreMatch, query: ObjectCoreImage, support: ObjectCoreImage) {
        self.name = name
        score = match.score
        nearest = match.nearest
        pairs = match.assignment.pairs.map {
            Pair(query: query.maskIndices[$0.row], support: support.maskIndices[$0.column], cost: $0.cost)
        }
        extra = match.assignment.unmatchedRows.map { query.maskIndices[$0] }
        missing = match.assignment.unmatchedColumns.map { support.maskIndices[$0] }
        mapMaximum = match.map.maximum
    }

    var row: String {
        MatchTable.name(name) + MatchTable.number(Double(score)) + MatchTable.number(Double(mapMaximum))
            + MatchTable.count(nearest, width: 9) + MatchTable.count(pairs.count, width: 7)
            + MatchTable.count(extra.count, width: 7) + MatchTable.count(missing.count, width: 9)
    }
}
