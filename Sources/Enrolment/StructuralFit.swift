package import Assessment
internal import Inference
package import Matching
internal import RealModule
internal import SupportSets

/// Builds the structural bank and finds out whether the product lies aligned.
package enum StructuralFit {
    /// Whether the product lies at one place in every image: its parts have places of their own, and patches of an image
    /// that are looked for in the others near their own place only lose little against looking everywhere. Patches alone
    /// would be deceived by loose parts in a tray that is always seen alike.
    ///
    /// - Parameter reach: how near, in cells.
    package static func isAligned(
        _ scenes: [Scene], names: [String], settled: SettledObjects = SettledObjects(), reach: Int
    ) throws(MatchingError) -> Bool {
        guard scenes.count > 1, arePatchesAligned(scenes, reach: reach) else { return false }
        let parts = try LogicalFit.bank(of: scenes, names: names, settled: settled).images.flatMap(\.objects)
            .filter { $0.weight >= 0.5 }
        return 2 * parts.count { $0.hasPlace } >= parts.count
    }

    private static func arePatchesAligned(_ scenes: [Scene], reach: Int) -> Bool {
        var largest: (near: Float, everywhere: Float) = (0, 0)
        for left in scenes.indices {
            let bank = Self.bank(of: scenes.indices.filter { $0 != left }.map { scenes[$0] }, coreLimit: .max)
            func score(isAligned: Bool) -> Float {
                AssayScores.structural(
                    scenes[left], bank: bank,
                    structure: SupportSetManifest.Structure(isAligned: isAligned, reach: reach))
            }
            largest.near = max(largest.near, score(isAligned: true))
            largest.everywhere = max(largest.everywhere, score(isAligned: false))
        }
        return largest.near <= 1.3 * largest.everywhere
    }

    /// The bank of some scenes: every smoothed cell, L2-normalised, and a core of at most `coreLimit` of them.
    ///
    /// - Parameter turned: rows of views of the same scenes turned, for the core alone.
    static func bank(of scenes: [Scene], turned: [[Float]] = [], coreLimit: Int) -> StructuralBank {
        let grid = scenes[0].features
        var elements: [Float] = []
        elements.reserveCapacity(scenes.count * grid.values.count)
        for scene in scenes { elements += normalised(scene.features) }
        let core = core(
            of: turned.reduce(elements, +), columnCount: grid.channelCount, limit: coreLimit)
        return StructuralBank(
            imageCount: scenes.count, gridHeight: grid.height, gridWidth: grid.width,
            rows: BankRows(owned: elements, columnCount: grid.channelCount),
            core: BankRows(owned: core, columnCount: grid.channelCount))
    }

    private static func normalised(_ grid: FeatureGrid) -> [Float] {
        var values = grid.values
        var cells = values.mutableSpan
        for cell in 0..<grid.cellCount {
            let start = cell * grid.channelCount
            var square: Float = 0
            for index in start..<(start + grid.channelCount) {
                square = Relaxed.multiplyAdd(cells[index], cells[index], square)
            }
            guard square > 0 else { continue }
            let scale = 1 / square.squareRoot()
            for index in start..<(start + grid.channelCount) { cells[index] *= scale }
        }
        return values
    }

    /// Farthest-point selection (PatchCore's greedy coreset) on a fixed random projection to `width` dimensions.
    private static func core(of elements: [Float], columnCount: Int, limit: Int) -> [Float] {
        let rowCount = elements.count / columnCount
        guard rowCount > limit else { return elements }
        let projected = projection(of: elements, columnCount: columnCount)
        var distances = [Float](repeating: .infinity, count: rowCount)
        var core: [Float] = []
        core.reserveCapacity(limit * columnCount)
        var next = 0
        for _ in 0..<limit {
            core += elements[(next * columnCount)..<((next + 1) * columnCount)]
            next = update(&distances, projected: projected, with: next)
        }
        return core
    }

    private static let width = 16

    /// Rows multiplied by a fixed matrix of ±1: distances survive well enough to choose by.
    private static func projection(of elements: [Float], columnCount: Int) -> [SIMD16<Float>] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        var signs: [SIMD16<Float>] = []
        for _ in 0..<columnCount {
            var row = SIMD16<Float>()
            for lane in 0..<width {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                row[lane] = state & 1 == 0 ? 1 : -1
            }
            signs.append(row)
        }
        return stride(from: 0, to: elements.count, by: columnCount).map { start in
            var sum = SIMD16<Float>()
            for column in 0..<columnCount { sum += elements[start + column] * signs[column] }
            return sum
        }
    }

    /// Shortens each row's distance to the core by the row just added and returns the row farthest away.
    private static func update(
        _ distances: inout [Float], projected: [SIMD16<Float>], with added: Int
    ) -> Int {
        let centre = projected[added]
        let rows = projected.span
        var left = distances.mutableSpan
        var farthest = 0
        var largest: Float = -1
        for row in 0..<rows.count {
            let offset = rows[row] - centre
            let distance = min(left[row], (offset * offset).sum())
            left[row] = distance
            if distance > largest {
                largest = distance
                farthest = row
            }
        }
        return farthest
    }
}
