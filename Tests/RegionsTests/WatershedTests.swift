import Imaging
import Inference
import Regions
import Testing

@Suite struct WatershedTests {
    @Test func regionsAreThoseOfASlowPriorityFlood() {
        var settings = RegionSettings.standard
        settings.minimumPeak = 0.02
        var regionCount = 0
        for (seed, maps) in DrawnMaps.randomCases(count: 150) {
            var workspace = RegionWorkspace()
            workspace.prepare(for: maps.size)
            workspace.drawSeedMap(from: maps, settings: settings)
            workspace.drawObjectMask(from: maps, settings: settings)
            workspace.growSeeds(settings: settings)
            let grid = PlainGrid(size: maps.size)
            let expected = Self.slowFlood(
                from: grid.unpadded(workspace.labels), levels: grid.unpadded(workspace.seedMap),
                inside: grid.unpadded(workspace.inside), grid: grid)
            workspace.flood()
            #expect(grid.unpadded(workspace.labels) == expected, "seed \(seed)")
            #expect(workspace.labels.reduce(0, +) == expected.reduce(0, +), "the frame has no label")
            regionCount += workspace.labelCount
        }
        #expect(regionCount > 300)
    }

    @Test func levelsFallFromOneToZeroAndStayInRange() {
        let values: [Float] = [.infinity, 2, 1, 0.75, 0.5, 0.001, 0, -1, -.infinity, .nan]
        let levels = values.map { RegionWorkspace.level(of: $0) }
        #expect(levels == levels.sorted())
        #expect(levels.first == 0)
        #expect(levels.last == LevelQueue.levelCount - 1)
    }

    /// Always takes the waiting pixel of the lowest level that came first, found by looking at all of them.
    private static func slowFlood(from seeds: [Int32], levels: [Float], inside: [UInt8], grid: PlainGrid) -> [Int32] {
        var labels = seeds
        var waiting = seeds.indices.filter { seeds[$0] > 0 }
        while let lowest = waiting.map({ RegionWorkspace.level(of: levels[$0]) }).min(),
            let index = waiting.firstIndex(where: { RegionWorkspace.level(of: levels[$0]) == lowest })
        {
            let pixel = waiting.remove(at: index)
            for neighbour in grid.fourNeighbours(pixel) where inside[neighbour] != 0 && labels[neighbour] == 0 {
                labels[neighbour] = labels[pixel]
                waiting.append(neighbour)
            }
        }
        return labels
    }
}
