import Imaging
import Inference
import Regions
import Testing

@Suite struct RegionNodeTests {
    @Test func everyPropertyIsWhatItsMaskMeasures() {
        var settings = RegionSettings.standard
        settings.minimumPeak = 0.01
        var nodeCount = 0
        for (seed, maps) in DrawnMaps.randomCases(count: 80) {
            let hierarchy = RegionHierarchy(of: maps, settings: settings)
            for index in hierarchy.nodes.indices {
                Self.expect(hierarchy.nodes[index], fits: hierarchy.mask(of: index), in: maps, "seed \(seed)")
            }
            nodeCount += hierarchy.nodes.count
        }
        #expect(nodeCount > 500)
    }

    @Test func aNodeHoldsItsChildrenAndNothingElse() throws {
        for (seed, maps) in DrawnMaps.randomCases(count: 60) {
            let hierarchy = RegionHierarchy(of: maps)
            for (index, node) in hierarchy.nodes.enumerated() {
                #expect(node.birth <= node.death, "seed \(seed)")
                if let parent = node.parent {
                    #expect(parent > index)
                    let children = try #require(hierarchy.nodes[parent].children)
                    #expect(children.first == index || children.second == index)
                    #expect(hierarchy.nodes[parent].birth == node.death)
                }
                guard let children = node.children else {
                    #expect(node.leaves == index..<(index + 1))
                    continue
                }
                let (first, second) = (hierarchy.nodes[children.first], hierarchy.nodes[children.second])
                #expect(first.leaves.upperBound == second.leaves.lowerBound)
                #expect(node.leaves == first.leaves.lowerBound..<second.leaves.upperBound)
                #expect(node.area == first.area + second.area)
            }
        }
    }

    @Test func theLongAxisPointsAlongABar() {
        let lying = RegionHierarchy(
            of: DrawnMaps.objects(width: 40, height: 20) { x, y in
                (5..<35).contains(x) && (7..<13).contains(y) ? 1 : 0
            })
        let slanted = RegionHierarchy(
            of: DrawnMaps.objects(width: 40, height: 40) { x, y in
                abs(x - y) < 5 && (12..<66).contains(x + y) ? 1 : 0
            })
        #expect(lying.nodes.last.map { abs($0.moments.angle) < 1e-9 } == true)
        #expect(lying.nodes.last.map { abs($0.moments.axes.major - 8.655) < 0.001 } == true)
        #expect(lying.nodes.last.map { abs($0.moments.axes.minor - 1.708) < 0.001 } == true)
        #expect(slanted.nodes.last.map { abs($0.moments.angle - .pi / 4) < 1e-6 } == true)
    }

    private static func expect(_ node: RegionNode, fits mask: Mask, in maps: PartMaps, _ comment: Comment) {
        let size = maps.size
        let grid = PlainGrid(size: size)
        let pixels = (0..<size.pixelCount).filter { mask.contains(x: $0 % size.width, y: $0 / size.width) }
        let set = Set(pixels)
        let count = Double(pixels.count)
        let columns = pixels.map { Double($0 % size.width) + 0.5 }
        let rows = pixels.map { Double($0 / size.width) + 0.5 }
        let meanX = columns.reduce(0, +) / count
        let meanY = rows.reduce(0, +) / count
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        func isClose(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 1e-4 }

        #expect(node.area == pixels.count && node.area == mask.area, comment)
        #expect(Double(node.box.x) + 0.5 == columns.min() && Double(node.box.y) + 0.5 == rows.min(), comment)
        #expect(Double(node.box.maxX) - 0.5 == columns.max() && Double(node.box.maxY) - 0.5 == rows.max(), comment)
        #expect(isClose(node.centroid.x, meanX) && isClose(node.centroid.y, meanY), comment)
        #expect(isClose(node.moments.xx, mean(columns.map { ($0 - meanX) * ($0 - meanX) })), comment)
        #expect(isClose(node.moments.yy, mean(rows.map { ($0 - meanY) * ($0 - meanY) })), comment)
        #expect(isClose(node.moments.xy, mean(zip(columns, rows).map { ($0 - meanX) * ($1 - meanY) })), comment)
        #expect(isClose(Double(node.meanObject), mean(pixels.map { Double(maps.object[$0]) })), comment)
        #expect(node.largestDistance == pixels.map { maps.distance[$0] }.max(), comment)
        #expect(node.touchesFrame == pixels.contains(where: grid.isOnEdge), comment)
        let rim = pixels.filter { pixel in
            grid.isOnEdge(pixel) || grid.eightNeighbours(pixel).contains { !set.contains($0) }
        }
        #expect(isClose(Double(node.rimBoundary), mean(rim.map { Double(maps.boundary[$0]) })), comment)
    }
}
