import Imaging
import Inference
import Regions
import Testing

@Suite struct MergeForestTests {
    @Test func joinsAreThoseOfRecomputingEveryBorderAfterEveryJoin() {
        var settings = RegionSettings.standard
        settings.minimumPeak = 0.01
        var joinCount = 0
        for (seed, maps) in DrawnMaps.randomCases(count: 120) {
            let hierarchy = RegionHierarchy(of: maps, settings: settings)
            let expected = Self.slowJoins(of: hierarchy.leafMap, boundary: maps.boundary, size: maps.size)
            let joins = hierarchy.nodes.dropFirst(hierarchy.leafCount)
            #expect(joins.map(\.birth) == expected.map(\.strength), "seed \(seed)")
            // A pixel that three regions meet at makes borders of equal strength, which may be given up in any order;
            // what stands once all of them are given up may not differ.
            for strength in Set(expected.map(\.strength)) {
                let standing = joins.filter { $0.birth <= strength && ($0.parent == nil || $0.death > strength) }
                let groups = Set(standing.map { Set($0.leaves.map { Int32($0) }) })
                let slow = expected.filter { $0.strength <= strength }.map(\.leaves)
                #expect(groups == Set(slow.filter { one in !slow.contains { $0.isStrictSuperset(of: one) } }))
            }
            joinCount += expected.count
        }
        #expect(joinCount > 300)
    }

    @Test func strengthsNeverFall() {
        for (seed, maps) in DrawnMaps.randomCases(count: 40) {
            let births = RegionHierarchy(of: maps).nodes.map(\.birth)
            #expect(births == births.sorted(), "seed \(seed)")
        }
    }

    @Test func regionsThatTouchNowhereStayApart() {
        let forest = MergeForest(
            joining: [RegionBorder(first: 2, second: 4, weakest: 0.25)], leafCount: 5)
        #expect(forest.joins.count == 1)
        #expect(forest.leaves.count == 6)
        #expect(forest.parents.count { $0 == nil } == 4)
        #expect(forest.leaves[5].count == 2)
        #expect(Set(forest.leafOfLabel) == Set(0..<5))
        #expect(forest.leaves[5] == min(forest.leafOfLabel[1], forest.leafOfLabel[3])..<forest.leaves[5].upperBound)
    }

    /// Joins the pair with the weakest step over its common border, until none touch.
    private static func slowJoins(
        of leafMap: [Int32], boundary: [Float], size: PixelSize
    ) -> [(strength: Float, leaves: Set<Int32>)] {
        let grid = PlainGrid(size: size)
        var groups = leafMap
        var leaves = Dictionary(uniqueKeysWithValues: Set(leafMap).map { ($0, Set([$0])) })
        var joins: [(strength: Float, leaves: Set<Int32>)] = []
        while true {
            var weakest: (strength: Float, first: Int32, second: Int32)?
            for pixel in groups.indices where groups[pixel] >= 0 {
                for neighbour in grid.fourNeighbours(pixel)
                where groups[neighbour] >= 0 && groups[neighbour] != groups[pixel] {
                    let strength = max(boundary[pixel], boundary[neighbour])
                    if let known = weakest, known.strength <= strength { continue }
                    weakest = (strength, groups[pixel], groups[neighbour])
                }
            }
            guard let join = weakest else { return joins }
            groups = groups.map { $0 == join.second ? join.first : $0 }
            let union = (leaves[join.first] ?? []).union(leaves[join.second] ?? [])
            leaves[join.first] = union
            joins.append((join.strength, union))
        }
    }
}
