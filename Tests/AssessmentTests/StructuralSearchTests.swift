import AssayTestSupport
import Assessment
import Inference
import SupportSets
import Testing

/// The fast search against one that looks at every pair of cells.
struct StructuralSearchTests {
    private struct Case {
        let features: FeatureGrid
        let bank: StructuralBank
        let rows: [Float]
        let core: [Float]

        init(seed: UInt64, coreCount: Int? = nil) {
            var generator = SeededGenerator(seed: seed)
            let height = Int.random(in: 1...9, using: &generator)
            let width = Int.random(in: 1...9, using: &generator)
            let channelCount = Int.random(in: 1...20, using: &generator)
            let imageCount = Int.random(in: 1...3, using: &generator)
            features = FeatureGrid(
                height: height, width: width, channelCount: channelCount,
                values: (0..<(height * width * channelCount)).map { _ in Float.random(in: -2...2, using: &generator) })
            let count = imageCount * height * width
            rows = (0..<count).flatMap { _ in
                Case.unit((0..<channelCount).map { _ in Float.random(in: -1...1, using: &generator) })
            }
            core = Array(rows.prefix(channelCount * max(1, count / 3)))
            bank = StructuralBank(
                imageCount: imageCount, gridHeight: height, gridWidth: width,
                rows: BankRows(owned: rows, columnCount: channelCount),
                core: BankRows(owned: core, columnCount: channelCount))
        }

        static func unit(_ row: [Float]) -> [Float] {
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? row.map { $0 / length } : row
        }

        func query(_ y: Int, _ x: Int) -> [Float] {
            let start = (y * features.width + x) * features.channelCount
            return Self.unit(Array(features.values[start..<(start + features.channelCount)]))
        }

        func distance(_ query: [Float], _ rows: [Float], _ row: Int) -> Float {
            1 - query.indices.reduce(0) { $0 + query[$1] * rows[row * query.count + $1] }
        }
    }

    /// The map's places are every second cell, the first one included.
    private func places(_ features: FeatureGrid) -> [(y: Int, x: Int)] {
        stride(from: 0, to: features.height, by: 2).flatMap { y in
            stride(from: 0, to: features.width, by: 2).map { (y, $0) }
        }
    }

    @Test(arguments: 1...60)
    func theAlignedSearchFindsWhatLookingAtEverySecondRowFinds(seed: Int) {
        let example = Case(seed: UInt64(seed))
        let (features, bank) = (example.features, example.bank)
        for (reach, isIndexed) in [0, 1, 2, 5, 100].flatMap({ [($0, true), ($0, false)] }) {
            let map = StructuralSearch(
                bank: bank, structure: SupportSetManifest.Structure(isAligned: true, reach: reach),
                isIndexed: isIndexed
            ).map(of: features)
            let places = places(features)
            #expect(map.height == (features.height + 1) / 2 && map.width == (features.width + 1) / 2)
            #expect(map.distances.count == places.count)
            for (found, place) in zip(map.distances, places) {
                let query = example.query(place.y, place.x)
                var smallest = Float.infinity
                for image in 0..<bank.imageCount {
                    for y in 0..<bank.gridHeight where abs(y - place.y) <= reach && (y - place.y) % 2 == 0 {
                        for x in 0..<bank.gridWidth where abs(x - place.x) <= reach {
                            let row = (image * bank.gridHeight + y) * bank.gridWidth + x
                            smallest = min(smallest, example.distance(query, example.rows, row))
                        }
                    }
                }
                #expect(abs(found - max(0, smallest)) < 1e-4, "seed \(seed), reach \(reach), \(place)")
            }
        }
    }

    @Test(arguments: 61...120, [true, false])
    func theSearchAnywhereFindsWhatLookingAtTheWholeCoreFinds(seed: Int, isIndexed: Bool) {
        let example = Case(seed: UInt64(seed))
        let map = StructuralSearch(
            bank: example.bank, structure: SupportSetManifest.Structure(isAligned: false, reach: 1),
            isIndexed: isIndexed
        ).map(of: example.features)
        for (found, place) in zip(map.distances, places(example.features)) {
            let query = example.query(place.y, place.x)
            let smallest = (0..<example.bank.core.rowCount).reduce(Float.infinity) {
                min($0, example.distance(query, example.core, $1))
            }
            #expect(abs(found - max(0, smallest)) < 1e-4, "seed \(seed), \(place)")
        }
    }

    @Test func aSupportImageIsAtNoDistanceFromItsOwnBank() {
        for seed in 200...210 {
            let example = Case(seed: UInt64(seed))
            let (bank, channels) = (example.bank, example.features.channelCount)
            let own = FeatureGrid(
                height: bank.gridHeight, width: bank.gridWidth, channelCount: channels,
                values: Array(example.rows.prefix(bank.gridHeight * bank.gridWidth * channels)).map { 3 * $0 })
            let map = StructuralSearch.map(
                of: own, bank: bank, structure: SupportSetManifest.Structure(isAligned: true, reach: 0))
            #expect(map.distances.allSatisfy { $0 < 1e-5 })
        }
    }
}
