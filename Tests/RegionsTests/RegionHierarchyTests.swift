import Imaging
import Inference
import Regions
import Testing

@Suite struct RegionHierarchyTests {
    @Test func touchingDiscsAreTwoRegions() {
        let hierarchy = RegionHierarchy(
            of: DrawnMaps.objects(width: 64, height: 40) { x, y in
                let left = (x - 20) * (x - 20) + (y - 20) * (y - 20)
                let right = (x - 43) * (x - 43) + (y - 20) * (y - 20)
                return min(left, right) > 150 ? 0 : left < right ? 1 : 2
            })
        let cut = hierarchy.cut()
        #expect(cut.count == 2)
        #expect(hierarchy.nodes.count == 3)
        #expect(hierarchy.nodes.last?.birth == 1)
        #expect(hierarchy.nodes.last?.area == cut.map { hierarchy.nodes[$0].area }.reduce(0, +))
        #expect(abs((cut.map { hierarchy.nodes[$0].centroid.x }.min() ?? 0) - 20.5) < 0.6)
    }

    @Test func aRingKeepsItsHole() throws {
        let hierarchy = RegionHierarchy(
            of: DrawnMaps.objects(width: 50, height: 50) { x, y in
                (60...300).contains((x - 25) * (x - 25) + (y - 25) * (y - 25)) ? 1 : 0
            })
        let cut = hierarchy.cut()
        #expect(cut.count == 1)
        let mask = hierarchy.mask(of: try #require(cut.first))
        #expect(!mask.contains(x: 25, y: 25))
        #expect(mask.contains(x: 25 + 12, y: 25) && mask.contains(x: 25 - 12, y: 25))
        let inner = hierarchy.nodes.indices.filter { hierarchy.mask(of: $0).contains(x: 25, y: 25) }
        #expect(inner.isEmpty)
    }

    @Test func aDiscInsideARingIsARegionOfItsOwn() {
        let hierarchy = RegionHierarchy(
            of: DrawnMaps.objects(width: 60, height: 60) { x, y in
                let square = (x - 30) * (x - 30) + (y - 30) * (y - 30)
                return square < 144 ? 2 : square < 676 ? 1 : 0
            })
        let disc = hierarchy.cut().filter { hierarchy.mask(of: $0).contains(x: 30, y: 30) }
        #expect(disc.count == 1)
        // Its outline lies within a pixel of the drawn one: between circles of radius 11 and 13.
        #expect(disc.allSatisfy { (380...531).contains(hierarchy.nodes[$0].area) })
        #expect(hierarchy.nodes.last?.area == hierarchy.leafMap.count { $0 >= 0 })
    }

    @Test func anEmptyMapHasNoRegions() {
        let hierarchy = RegionHierarchy(of: DrawnMaps.objects(width: 30, height: 20) { _, _ in 0 })
        #expect(hierarchy.nodes.isEmpty && hierarchy.leafCount == 0 && hierarchy.cut().isEmpty)
        #expect(hierarchy.leafMap == [Int32](repeating: -1, count: 600))
    }

    @Test func mapsOfOnesAreOneRegion() {
        let ones = [Float](repeating: 1, count: 600)
        let size = PixelSize(width: 30, height: 20)
        let hierarchy = RegionHierarchy(of: PartMaps(size: size, object: ones, boundary: ones, distance: ones))
        #expect(hierarchy.nodes.count == 1 && hierarchy.cut() == [0])
        #expect(hierarchy.nodes.first?.box == PixelBox(x: 0, y: 0, width: 30, height: 20))
        #expect(hierarchy.nodes.first.map { abs($0.objectness - 1.3) < 1e-6 } == true)
        #expect(hierarchy.nodes.first?.touchesFrame == true)
    }

    @Test func aSinglePixelIsTooSmallToBeARegion() {
        for (width, height) in [(9, 9), (1, 1), (1, 9), (9, 1)] {
            let hierarchy = RegionHierarchy(
                of: DrawnMaps.objects(width: width, height: height) { x, y in
                    x == width / 2 && y == height / 2 ? 1 : 0
                })
            #expect(hierarchy.nodes.isEmpty)
        }
    }

    @Test func aThinLineIsOneRegion() {
        let hierarchy = RegionHierarchy(
            of: DrawnMaps.objects(width: 50, height: 20) { x, y in y == 9 && (5..<45).contains(x) ? 1 : 0 })
        #expect(hierarchy.cut().map { hierarchy.nodes[$0].area } == [40])
    }

    /// As the network sees wires: boundary all over, nowhere far from it.
    @Test func whatIsBoundaryAllOverIsARegionAllTheSame() {
        let size = PixelSize(width: 60, height: 40)
        func map(_ value: (_ isWire: Bool, _ isDisc: Bool, _ isCrumb: Bool) -> Float) -> [Float] {
            (0..<size.pixelCount).map { pixel in
                let (x, y) = (pixel % size.width, pixel / size.width)
                let reach = (x - 45) * (x - 45) + (y - 20) * (y - 20)
                return value((5..<30).contains(x) && (19...20).contains(y), reach < 81, x == 10 && y == 5)
            }
        }
        let maps = PartMaps(
            size: size, object: map { $0 || $1 || $2 ? 1 : 0 }, boundary: map { wire, _, _ in wire ? 1 : 0 },
            distance: map { wire, disc, _ in wire ? 0.1 : disc ? 0.9 : 0 })
        let hierarchy = RegionHierarchy(of: maps)
        #expect(hierarchy.leafCount == 2 && hierarchy.droppedSeedCount == 0)
        #expect(hierarchy.nodes.contains { $0.area == 50 && $0.box == PixelBox(x: 5, y: 19, width: 25, height: 2) })
        #expect(hierarchy.leafMap.count { $0 >= 0 } == hierarchy.nodes.map(\.area).reduce(0, +))

        var settings = RegionSettings.standard
        settings.maximumLeafCount = 1
        let full = RegionHierarchy(of: maps, settings: settings)
        #expect(full.leafCount == 1 && full.droppedSeedCount == 1)
    }

    @Test func aPartSplitAtItsWaistIsWholeAgainHigherUp() {
        let maps = DrawnMaps.objects(width: 70, height: 40) { x, y in
            let head = (x - 18) * (x - 18) + (y - 20) * (y - 20) < 144
            let shank = (18..<60).contains(x) && abs(y - 20) < 6
            return head || shank ? 1 : 0
        }
        let hierarchy = RegionHierarchy(of: maps)
        #expect(hierarchy.nodes.contains { $0.area == maps.object.count { $0 > 0.5 } })
        #expect(hierarchy.cut().count == 1)
    }

    @Test func aCutHoldsEveryRegionOnceAndLeavesOutTheTiny() {
        for (seed, maps) in DrawnMaps.randomCases(count: 60) {
            var settings = RegionSettings.standard
            settings.minimumPeak = 0.01
            settings.minimumAreaFraction = 0.02
            let hierarchy = RegionHierarchy(of: maps, settings: settings)
            for threshold: Float in [0, 0.3, 0.55, 1] {
                let cut = hierarchy.cut(at: threshold)
                let leaves = cut.flatMap { Array(hierarchy.nodes[$0].leaves) }
                #expect(Set(leaves).count == leaves.count, "seed \(seed)")
                #expect(cut.allSatisfy { hierarchy.nodes[$0].area >= hierarchy.minimumArea }, "seed \(seed)")
                let standing = hierarchy.nodes.indices.filter { node in
                    hierarchy.nodes[node].birth < max(threshold, .leastNonzeroMagnitude)
                        && hierarchy.nodes[node].death >= threshold
                }
                #expect(cut.allSatisfy(standing.contains), "seed \(seed)")
            }
        }
    }

    @Test func aUsedWorkspaceGivesWhatAFreshOneGives() {
        var workspace = RegionWorkspace()
        for (seed, maps) in DrawnMaps.randomCases(count: 60) {
            let fresh = RegionHierarchy(of: maps)
            for _ in 0..<2 {
                let again = RegionHierarchy(of: maps, workspace: &workspace)
                #expect(again.leafMap == fresh.leafMap, "seed \(seed)")
                #expect(again.nodes.map(\.objectness) == fresh.nodes.map(\.objectness), "seed \(seed)")
                #expect(again.nodes.map(\.leaves) == fresh.nodes.map(\.leaves), "seed \(seed)")
            }
        }
    }

    @Test func droppedSeedsAreCountedAndTheirPixelsGoToNeighbours() {
        let maps = DrawnMaps.objects(width: 60, height: 20) { x, _ in x / 12 + 1 }
        var settings = RegionSettings.standard
        settings.maximumLeafCount = 2
        let hierarchy = RegionHierarchy(of: maps, settings: settings)
        #expect(hierarchy.leafCount == 2)
        #expect(hierarchy.droppedSeedCount == 3)
        #expect(hierarchy.leafMap.allSatisfy { $0 >= 0 })
    }

    @Test func valuesThatAreNoNumbersEndInAHierarchyAllTheSame() {
        for (_, maps) in DrawnMaps.randomCases(count: 30) {
            func damaged(_ values: [Float], _ step: Int) -> [Float] {
                values.indices.map { $0 % step == 0 ? .nan : values[$0] }
            }
            let hierarchy = RegionHierarchy(
                of: PartMaps(
                    size: maps.size, object: damaged(maps.object, 7), boundary: damaged(maps.boundary, 5),
                    distance: damaged(maps.distance, 11)))
            #expect(hierarchy.leafMap.count == maps.size.pixelCount)
        }
    }
}
