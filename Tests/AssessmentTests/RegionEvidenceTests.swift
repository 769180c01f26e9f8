import Assessment
import Composition
import Imaging
import Inference
import Regions
import SupportSets
import Testing

struct RegionEvidenceTests {
    /// Two squares that touch: regions 0 and 1, and their join, 2.
    private let pair = ObjectnessHeadTests.pair

    /// What the regions look like, and where the squares lie in an image as long as the pair is wide.
    private func regions(_ looks: [Float], at centres: [Float]) -> [ComparableObject] {
        zip(looks, centres).enumerated().map { index, region in
            ComparableObject(
                ObjectDescriptor(
                    representation: [region.0, 1 - region.0, 0.5], colour: [100 * region.0, 0, 0, 1, 1, 1],
                    area: index == 2 ? 0.5 : 0.25, centreX: region.1, centreY: 0.3, majorAxis: 0.1, minorAxis: 0.08,
                    orientation: 0, objectness: 0.9),
                centre: [0.2, 0.3, 0.1])
        }
    }

    private func evidence(_ image: [ComparableObject], others: [[ComparableObject]]) -> RegionEvidence {
        func places(_ regions: [ComparableObject]) -> [RegionPlace] {
            regions.map { RegionPlace($0.descriptor, aspect: 0.6) }
        }
        return RegionEvidence(
            of: pair, places: places(image), own: RegionUnlikeness(of: image, to: image),
            plausible: Array(image.indices),
            others: others.map { (RegionUnlikeness(of: image, to: $0), places($0)) })
    }

    @Test func whatIsTheSameEverywhereRecursAndKeepsItsPlace() throws {
        let image = regions([0.9, 0.2, 0.5], at: [0.3, 0.7, 0.5])
        let moved = regions([0.9, 0.2, 0.5], at: [0.4, 0.8, 0.6])
        let evidence = evidence(image, others: [image, moved])
        #expect(evidence.recurrence.allSatisfy { $0 < 0.01 })
        #expect(evidence.holders[2] == nil && evidence.pieces[0] == nil && evidence.pieces[1] == nil)
        for square in 0...1 {
            let holder = try #require(evidence.holders[square])
            #expect(abs(holder.straying) < 0.01 && holder.recurrence < 0.01)
        }
        let pieces = try #require(evidence.pieces[2])
        #expect(abs(pieces.straying) < 0.01 && pieces.halves.share > 0.9)
        #expect(Set([pieces.halves.first, pieces.halves.second]) == [0, 1])
    }

    @Test func whatLiesElsewhereInItsHolderStrays() throws {
        let image = regions([0.9, 0.2, 0.5], at: [0.3, 0.7, 0.5])
        let exchanged = regions([0.9, 0.2, 0.5], at: [0.7, 0.3, 0.5])
        let evidence = evidence(image, others: [exchanged])
        #expect(evidence.recurrence.allSatisfy { $0 < 0.01 })
        for square in 0...1 { #expect(try #require(evidence.holders[square]).straying > 0.2) }
        #expect(try #require(evidence.pieces[2]).straying > 0.2)
    }

    @Test func aRegionWithItsLikeInTheSameImageIsNotLonely() {
        let alike = regions([0.9, 0.9, 0.2], at: [0.3, 0.7, 0.5])
        #expect(evidence(alike, others: [alike]).loneliness[0] < 0.01)
        let unlike = regions([0.9, 0.2, 0.9], at: [0.3, 0.7, 0.5])
        let evidence = evidence(unlike, others: [unlike])
        #expect(evidence.loneliness[0] > 0.3, "what holds it does not count")
        #expect(evidence.loneliness[2] > 1, "nothing lies beside the whole")
    }

    /// Three squares in a row; the first two join first, to 3, and all to 4.
    private static let row = ObjectnessHeadTests.row(of: 3, firstBorder: 0.7)

    @Test func aRowThatJoinsFromTheOtherEndComesApartIntoTheSameThree() throws {
        #expect(Self.row.nodes.count == 5)
        func region(_ look: Float, _ area: Float, at x: Float) -> ComparableObject {
            ComparableObject(
                ObjectDescriptor(
                    representation: [look, 1 - look, 0.5], colour: [100 * look, 0, 0, 1, 1, 1], area: area, centreX: x,
                    centreY: 0.3, majorAxis: 0.1 * area, minorAxis: 0.08, orientation: 0, objectness: 0.9),
                centre: [0.2, 0.3, 0.1])
        }
        let inARow = [region(0.9, 0.2, at: 0.2), region(0.2, 0.2, at: 0.5), region(0.6, 0.2, at: 0.8)]
        let squares = (0..<3).map { inARow[Self.row.mask(of: $0).box.x / 16] }
        let last = try #require((0..<3).first { Self.row.mask(of: $0).box.x > 32 })
        let whole = region(0.56, 0.6, at: 0.5)
        let image = squares + [region(0.55, 0.4, at: 0.35), whole]
        // There the last two are the pair.
        let other = squares + [region(0.4, 0.4, at: 0.65), whole]
        func places(_ regions: [ComparableObject]) -> [RegionPlace] {
            regions.map { RegionPlace($0.descriptor, aspect: 0.6) }
        }
        func pieces(others: [[ComparableObject]]) throws -> RegionEvidence.Pieces {
            let evidence = RegionEvidence(
                of: Self.row, places: places(image), own: RegionUnlikeness(of: image, to: image),
                plausible: Array(image.indices),
                others: others.map { (RegionUnlikeness(of: image, to: $0), places($0)) })
            return try #require(evidence.pieces[4])
        }
        let apart = try pieces(others: [other, other, image])
        #expect(Set([apart.halves.first, apart.halves.second]) == [last, 3])
        #expect(Set(apart.parts) == [0, 1, 2] && apart.smallestShare > 0.8)
        #expect(apart.weakestBorder < apart.halves.border && apart.weakestBorder > 0.6)
        #expect(abs(apart.usualStraying) < 0.01 && apart.straying > 0.1)
        // Where all images join them alike the halves are good enough.
        #expect(Set(try pieces(others: [image, image]).parts) == [last, 3])
    }
}
