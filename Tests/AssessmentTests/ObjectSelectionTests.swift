import AssayTestSupport
import Assessment
import Imaging
import Inference
import Regions
import Testing

struct ObjectSelectionTests {
    /// Hierarchies of random maps, small enough to look at every choice.
    private static let hierarchies: [(seed: UInt64, hierarchy: RegionHierarchy)] = (1...60).map { (seed: UInt64) in
        var generator = SeededGenerator(seed: seed)
        let (width, height) = (Int.random(in: 12...26, using: &generator), Int.random(in: 12...26, using: &generator))
        func map(_ range: ClosedRange<Float>) -> [Float] {
            let coarse = (0..<64).map { _ in Float.random(in: range, using: &generator) }
            return (0..<(width * height)).map { coarse[($0 / width) / 4 * 8 + ($0 % width) / 4] }
        }
        let maps = PartMaps(
            size: PixelSize(width: width, height: height), object: map(0.3...1), boundary: map(0...1),
            distance: map(0.1...1))
        return (seed, RegionHierarchy(of: maps))
    }

    private func random(_ hierarchy: RegionHierarchy, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed &+ 1000)
        return hierarchy.nodes.map { _ in Float.random(in: 0...1, using: &generator) }
    }

    /// Large enough and good enough to be an object at all.
    private func mayBeChosen(_ node: Int, of hierarchy: RegionHierarchy, _ quality: [Float]) -> Bool {
        hierarchy.nodes[node].area >= hierarchy.minimumArea && quality[node] >= ObjectSelection.lowestQuality
    }

    @Test func thereIsSomethingToChooseFrom() {
        #expect(Self.hierarchies.count { $0.hierarchy.nodes.count > 4 } > 30)
    }

    @Test func chosenNodesNeverOverlapAndAreWorthChoosing() {
        for (seed, hierarchy) in Self.hierarchies {
            let quality = random(hierarchy, seed: seed)
            let chosen = ObjectSelection.choose(from: hierarchy, quality: quality)
            #expect(Set(chosen).count == chosen.count)
            for (index, node) in chosen.enumerated() {
                #expect(mayBeChosen(node, of: hierarchy, quality), "seed \(seed)")
                for other in chosen[(index + 1)...] {
                    #expect(
                        !hierarchy.nodes[node].leaves.overlaps(hierarchy.nodes[other].leaves), "seed \(seed)")
                }
            }
        }
    }

    @Test func nothingWorthChoosingIsLeftBesideTheChosen() {
        for (seed, hierarchy) in Self.hierarchies {
            let quality = random(hierarchy, seed: seed)
            let chosen = ObjectSelection.choose(from: hierarchy, quality: quality)
            for node in hierarchy.nodes.indices where mayBeChosen(node, of: hierarchy, quality) {
                #expect(
                    chosen.contains { hierarchy.nodes[$0].leaves.overlaps(hierarchy.nodes[node].leaves) },
                    "seed \(seed): node \(node) is left out")
            }
        }
    }

    @Test func aWholeAsGoodAsItsPartsIsPreferred() {
        for (seed, hierarchy) in Self.hierarchies {
            let chosen = ObjectSelection.choose(
                from: hierarchy, quality: hierarchy.nodes.map { _ in 0.8 })
            for node in chosen {
                let parent = hierarchy.nodes[node].parent
                #expect(parent == nil, "seed \(seed): a part of \(parent ?? 0) was chosen")
            }
        }
    }

    @Test func partsFarBetterThanTheirWholeArePreferred() {
        for (seed, hierarchy) in Self.hierarchies {
            let chosen = ObjectSelection.choose(
                from: hierarchy,
                quality: hierarchy.nodes.map { $0.children == nil ? 1 : ObjectSelection.lowestQuality })
            for node in chosen where hierarchy.nodes[node].children != nil {
                // Only what would otherwise lose most of its area to parts too small to stand.
                let leaves = hierarchy.nodes[node].leaves.filter {
                    hierarchy.nodes[$0].area >= hierarchy.minimumArea
                }
                let covered = leaves.reduce(0) { $0 + hierarchy.nodes[$1].area }
                #expect(covered < hierarchy.nodes[node].area, "seed \(seed)")
            }
        }
    }

    @Test func aWholeAsGoodAsItsPiecesIsPreferredWhereTheirMeanCounts() {
        for (seed, hierarchy) in Self.hierarchies {
            let chosen = ObjectSelection.choose(
                from: hierarchy, probability: hierarchy.nodes.map { _ in 0.8 }, moderation: 1)
            for node in chosen {
                let parent = hierarchy.nodes[node].parent
                #expect(parent == nil, "seed \(seed): a piece of \(parent ?? 0) was chosen")
            }
        }
    }

    @Test func severalPiecesAsGoodAsTheirWholeArePreferredWhereTheirGainsAddUp() {
        for (seed, hierarchy) in Self.hierarchies {
            let chosen = ObjectSelection.choose(
                from: hierarchy, probability: hierarchy.nodes.map { _ in 0.8 }, moderation: 0)
            for node in chosen {
                guard let children = hierarchy.nodes[node].children else { continue }
                let isSizeable = [children.first, children.second].map {
                    hierarchy.nodes[$0].area >= hierarchy.minimumArea
                }
                #expect(isSizeable != [true, true], "seed \(seed)")
            }
        }
    }

    @Test func whatIsMostProbablyNoObjectIsNeverChosen() {
        for (seed, hierarchy) in Self.hierarchies {
            let probability = random(hierarchy, seed: seed)
            for node in ObjectSelection.choose(from: hierarchy, probability: probability) {
                #expect(probability[node] > ObjectSelection.lowestProbability, "seed \(seed)")
            }
        }
    }

    /// The one best choice of all sets of nodes that do not overlap: exactly those nodes whose quality is perfect.
    @Test func aPlantedChoiceIsFoundAmongAllChoices() {
        for (seed, hierarchy) in Self.hierarchies where hierarchy.nodes.count <= 24 && hierarchy.nodes.count > 1 {
            for planted in Self.antichains(of: hierarchy).prefix(200) where !planted.isEmpty {
                let sizeable = planted.allSatisfy { hierarchy.nodes[$0].area >= hierarchy.minimumArea }
                guard sizeable else { continue }
                var quality = hierarchy.nodes.map { _ in Float(0) }
                for node in planted { quality[node] = 1 }
                #expect(
                    ObjectSelection.choose(from: hierarchy, quality: quality) == planted.sorted(), "seed \(seed)")
            }
        }
    }

    /// Every set of nodes of which none lies in another.
    private static func antichains(of hierarchy: RegionHierarchy) -> [[Int]] {
        func below(_ node: Int) -> [[Int]] {
            guard let children = hierarchy.nodes[node].children else { return [[], [node]] }
            let (first, second) = (below(children.first), below(children.second))
            return [[node]] + first.prefix(40).flatMap { left in second.prefix(40).map { left + $0 } }
        }
        var all: [[Int]] = [[]]
        for root in hierarchy.nodes.indices where hierarchy.nodes[root].parent == nil {
            all = below(root).flatMap { choice in all.prefix(400).map { $0 + choice } }
        }
        return all
    }

    @Test func nothingIsChosenFromNothing() {
        let maps = PartMaps(
            size: PixelSize(width: 3, height: 2), object: [0, 0, 0, 0, 0, 0], boundary: [0, 0, 0, 0, 0, 0],
            distance: [0, 0, 0, 0, 0, 0])
        let hierarchy = RegionHierarchy(of: maps)
        #expect(ObjectSelection.choose(from: hierarchy, quality: hierarchy.nodes.map { _ in 1 }).isEmpty)
    }
}
