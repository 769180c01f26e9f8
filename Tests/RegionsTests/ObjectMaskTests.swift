import Imaging
import Inference
import Regions
import Testing

@Suite struct ObjectMaskTests {
    @Test func holesAreFilledAsTheSlowVersionFillsThem() {
        var settings = RegionSettings.standard
        settings.holeBoundaryLimit = 0.5
        var filledCount = 0
        for (seed, maps) in DrawnMaps.randomCases(count: 120) {
            let found = Self.mask(of: maps, settings: settings)
            let expected = Self.slowMask(of: maps, settings: settings)
            #expect(found == expected, "seed \(seed)")
            filledCount += zip(expected, maps.object).count { $0 == 1 && $1 <= 0.5 }
        }
        #expect(filledCount > 20)
    }

    @Test func aHoleThatABoundarySurroundsStaysAHole() {
        var maps = DrawnMaps.objects(width: 40, height: 40) { x, y in
            (x - 20) * (x - 20) + (y - 20) * (y - 20) < 200 ? 1 : 0
        }
        let hole = 20 * 40 + 20
        maps = Self.replacing(maps, object: [hole: 0], boundary: [:])
        #expect(Self.mask(of: maps, settings: .standard)[hole] == 1)

        let rim = PlainGrid(size: maps.size).eightNeighbours(hole)
        maps = Self.replacing(maps, object: [:], boundary: Dictionary(uniqueKeysWithValues: rim.map { ($0, 1) }))
        #expect(Self.mask(of: maps, settings: .standard)[hole] == 0)
    }

    @Test func aHoleAtTheEdgeOfThePictureStaysAHole() {
        let maps = DrawnMaps.objects(width: 40, height: 40) { x, y in y == 0 && x == 12 ? 0 : 1 }
        let calm = Self.replacing(
            maps, object: [:], boundary: Dictionary(uniqueKeysWithValues: (0..<1600).map { ($0, 0) }))
        #expect(Self.mask(of: calm, settings: .standard)[12] == 0)
    }

    private static func mask(of maps: PartMaps, settings: RegionSettings) -> [UInt8] {
        var workspace = RegionWorkspace()
        workspace.prepare(for: maps.size)
        workspace.drawObjectMask(from: maps, settings: settings)
        return PlainGrid(size: maps.size).unpadded(workspace.inside)
    }

    private static func slowMask(of maps: PartMaps, settings: RegionSettings) -> [UInt8] {
        let grid = PlainGrid(size: maps.size)
        let isObject = maps.object.map { $0 > settings.objectThreshold }
        var mask: [UInt8] = isObject.map { $0 ? 1 : 0 }
        for hole in grid.components(of: Array(isObject.indices), where: { !isObject[$0] }) {
            guard !hole.contains(where: grid.isOnEdge) else { continue }
            guard hole.count <= Int(settings.largestHoleFraction * Double(maps.size.pixelCount)) else { continue }
            let rim = Set(hole.flatMap(grid.eightNeighbours)).subtracting(hole)
            let mean = rim.map { Double(maps.boundary[$0]) }.reduce(0, +) / Double(rim.count)
            if mean < Double(settings.holeBoundaryLimit) { hole.forEach { mask[$0] = 1 } }
        }
        return mask
    }

    private static func replacing(_ maps: PartMaps, object: [Int: Float], boundary: [Int: Float]) -> PartMaps {
        PartMaps(
            size: maps.size, object: maps.object.indices.map { object[$0] ?? maps.object[$0] },
            boundary: maps.boundary.indices.map { boundary[$0] ?? maps.boundary[$0] }, distance: maps.distance)
    }
}
