import AssayTestSupport
import Assessment
import Composition
import Foundation
import SupportSets
import Testing

struct RegionUnlikenessTests {
    private func regions(_ count: Int, seed: UInt64) -> [ComparableObject] {
        var generator = SeededGenerator(seed: seed)
        func random(_ range: ClosedRange<Float>) -> Float { Float.random(in: range, using: &generator) }
        return (0..<count).map { _ in
            ComparableObject(
                ObjectDescriptor(
                    representation: (0..<5).map { _ in random(0...1) }, colour: (0..<6).map { _ in random(0...40) },
                    area: random(0.001...0.1), centreX: random(0...1), centreY: random(0...1),
                    majorAxis: random(0.05...0.1), minorAxis: random(0.01...0.05), orientation: 0,
                    objectness: random(0...1)),
                centre: [0.4, 0.5, 0.6, 0.4, 0.5])
        }
    }

    /// The definition, part by part.
    private func plain(_ one: ComparableObject, _ other: ComparableObject) -> Double {
        let cosine = zip(one.direction, other.direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        let parts = PartDistances.between(one, other)
        let floors = PartDistances.floors
        var sum = 0.0
        for (part, weight) in [(CostPart.colour, 1.0), (.area, 1.5), (.shape, 1)] {
            let scaled = weight * Double(parts[part.rawValue]) / (6 * Double(floors[part.rawValue]))
            sum += log(1 + 4 * scaled * scaled)
        }
        let appearance = 0.6 * (1 - cosine) / 2 / (6 * Double(floors[CostPart.appearance.rawValue]))
        return (sum + log(1 + 4 * appearance * appearance)).squareRoot() / 3
    }

    @Test func itIsWhatItsDefinitionSays() {
        for seed in UInt64(1)...5 {
            let first = regions(4, seed: seed)
            let second = regions(6, seed: seed + 100)
            let unlikeness = RegionUnlikeness(of: first, to: second)
            #expect(unlikeness.firstCount == 4 && unlikeness.secondCount == 6)
            for (row, one) in first.enumerated() {
                for (column, other) in second.enumerated() {
                    let value = Double(unlikeness[first: row, second: column])
                    #expect(abs(value - plain(one, other)) < 1e-3, "seed \(seed)")
                }
            }
        }
    }

    @Test func aRegionIsLikestToItself() {
        let all = regions(8, seed: 9)
        let unlikeness = RegionUnlikeness(of: all, to: all)
        for index in all.indices {
            let own = unlikeness[first: index, second: index]
            #expect(own < 0.01)
            #expect(all.indices.allSatisfy { unlikeness[first: index, second: $0] >= own })
        }
    }

    @Test func withoutRegionsThereIsNothingToCompare() {
        #expect(RegionUnlikeness(of: [], to: regions(3, seed: 1)).firstCount == 0)
        #expect(RegionUnlikeness(of: regions(3, seed: 1), to: []).secondCount == 0)
    }

    @Test func theLikestIsTheSmallestOfThoseThatCount() throws {
        let unlikeness = RegionUnlikeness(of: regions(3, seed: 4), to: regions(7, seed: 5))
        for first in 0..<3 {
            let likest = try #require(unlikeness.likest(first) { $0 % 2 == 0 })
            #expect(likest % 2 == 0)
            for second in stride(from: 0, to: 7, by: 2) {
                #expect(unlikeness[first: first, second: likest] <= unlikeness[first: first, second: second])
            }
            #expect(unlikeness.likest(first) { _ in false } == nil)
        }
    }
}
