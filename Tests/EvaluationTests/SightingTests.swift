import Assessment
import Evaluation
import Imaging
import Testing

/// What is said of objects and detections that do not match.
struct SightingTests {
    private static let grid = PixelSize(width: 40, height: 20)

    private func mask(_ x: Range<Int>, _ y: Range<Int>) -> Mask {
        Mask(grid: Self.grid) { x.contains($0) && y.contains($1) }
    }

    private func sighting(_ seen: [Mask], _ objects: [Mask]) -> Sighting {
        Sighting(
            of: seen.map { SeenObject(mask: $0, confidence: 0.5) },
            truth: objects.map { TrueObject(name: "part", mask: $0) }, size: Self.grid)
    }

    @Test func anObjectIsSplitPartialOversizedMergedOrMissed() {
        let object = mask(10..<20, 5..<15)
        #expect(sighting([mask(10..<14, 5..<15), mask(15..<19, 5..<15)], [object]).fates == [.split])
        #expect(sighting([mask(10..<14, 5..<15)], [object]).fates == [.partial])
        #expect(sighting([mask(5..<25, 0..<20)], [object]).fates == [.oversized])
        #expect(sighting([mask(22..<30, 5..<15)], [object]).fates == [.missed])
        let neighbour = mask(20..<30, 5..<15)
        let merged = sighting([mask(9..<31, 5..<15)], [object, neighbour])
        #expect(merged.fates == [.merged, .merged] && merged.detections[0].fault == .several)
        #expect(sighting([mask(10..<20, 5..<14)], [object]).fates == [.found])
    }

    @Test func aFalseDetectionIsAPieceOversizedSeveralOrClutter() {
        let object = mask(10..<20, 5..<15)
        let faults = sighting(
            [object, mask(11..<15, 6..<14), mask(30..<38, 2..<8), mask(0..<32, 0..<20)], [object]
        ).detections.map(\.fault)
        #expect(faults == [nil, .piece, .clutter, .oversized])
    }

    @Test func detectionsOfAnotherGridAreBroughtToThatOfTheTruth() {
        let small = Mask(grid: PixelSize(width: 20, height: 10)) { x, y in (5..<10).contains(x) && (3..<7).contains(y) }
        let sighting = sighting([small], [mask(10..<20, 6..<14)])
        #expect(sighting.fates == [.found] && sighting.overlap(ofObject: 0) == 1)
    }

    @Test func aPictureWithoutObjectsHasOnlyClutter() {
        let sighting = sighting([mask(0..<9, 0..<9)], [])
        #expect(sighting.fates.isEmpty && sighting.detections.map(\.fault) == [.clutter])
    }
}
