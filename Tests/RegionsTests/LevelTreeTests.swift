import Imaging
import Inference
import Regions
import Testing

@Suite struct LevelTreeTests {
    @Test func seedsAreThoseOfRepeatedFlooding() {
        var settings = RegionSettings.standard
        for spread: Float in [0.06, 0.02, 0.2] {
            settings.minimumPeak = spread
            var seedCount = 0
            for (seed, maps) in DrawnMaps.randomCases(count: 150) {
                let workspace = Self.grown(maps, settings: settings)
                let grid = PlainGrid(size: maps.size)
                let slow = SlowSeeds(
                    seedMap: grid.unpadded(workspace.seedMap), inside: grid.unpadded(workspace.inside), grid: grid,
                    settings: settings)
                let found = grid.unpadded(workspace.labels).map { Int($0) }
                #expect(PlainGrid.renumbered(found) == PlainGrid.renumbered(slow.labels), "seed \(seed)")
                #expect(workspace.labelCount == slow.count, "seed \(seed)")
                seedCount += slow.count
            }
            #expect(seedCount > 300)
        }
    }

    @Test func ofTooManySeedsTheLargestAreKept() {
        let maps = DrawnMaps.objects(width: 60, height: 60) { x, y in
            x % 12 > 2 && y % 12 > (x / 12 + 1) ? y / 12 * 5 + x / 12 + 1 : 0
        }
        var settings = RegionSettings.standard
        let all = Self.grown(maps, settings: settings)
        #expect(all.labelCount == 25)
        #expect(all.droppedSeedCount == 0)

        settings.maximumLeafCount = 7
        let kept = Self.grown(maps, settings: settings)
        #expect(kept.labelCount == 7)
        #expect(kept.droppedSeedCount == 18)
        #expect(Set(kept.labels) == Set(0...7))
        func areas(_ workspace: RegionWorkspace) -> [Int] {
            Dictionary(grouping: workspace.labels.filter { $0 > 0 }, by: { $0 }).values.map(\.count).sorted(by: >)
        }
        #expect(areas(kept) == Array(areas(all).prefix(7)))
    }

    private static func grown(_ maps: PartMaps, settings: RegionSettings) -> RegionWorkspace {
        var workspace = RegionWorkspace()
        workspace.prepare(for: maps.size)
        workspace.drawSeedMap(from: maps, settings: settings)
        workspace.drawObjectMask(from: maps, settings: settings)
        workspace.growSeeds(settings: settings)
        return workspace
    }
}

/// Seeds by flooding every level anew, recursively: the definition, written down.
private struct SlowSeeds {
    let seedMap: [Float]
    let grid: PlainGrid
    let settings: RegionSettings
    private(set) var labels: [Int]
    private(set) var count = 0

    init(seedMap: [Float], inside: [UInt8], grid: PlainGrid, settings: RegionSettings) {
        self.seedMap = seedMap
        self.grid = grid
        self.settings = settings
        labels = [Int](repeating: 0, count: seedMap.count)
        let all = Array(seedMap.indices)
        let lowest = settings.levels[0]
        for component in grid.components(of: all, where: { inside[$0] != 0 && seedMap[$0] > lowest })
        where component.count >= settings.minimumSeedArea {
            follow(component, from: 1)
        }
    }

    private mutating func follow(_ component: [Int], from start: Int) {
        for index in settings.levels.indices.dropFirst(start) {
            let level = settings.levels[index]
            let branches = grid.components(of: component, where: { seedMap[$0] > level }).filter { branch in
                branch.count >= settings.minimumBranchArea
                    && branch.contains { seedMap[$0] > level + settings.minimumPeak }
            }
            if branches.isEmpty { break }
            if branches.count >= 2 {
                for branch in branches { follow(branch, from: index + 1) }
                return
            }
        }
        count += 1
        for pixel in component { labels[pixel] = count }
    }
}
