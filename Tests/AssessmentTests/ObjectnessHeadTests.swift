import Assessment
import Imaging
import Inference
import Regions
import Testing

struct ObjectnessHeadTests {
    /// Two squares that touch, with a border between them that is given up.
    private static let pair: RegionHierarchy = {
        let size = PixelSize(width: 40, height: 24)
        var object = [Float](repeating: 0, count: size.pixelCount)
        var boundary = object
        var distance = object
        for y in 4..<20 {
            for x in 4..<36 {
                let index = y * size.width + x
                let across = min(x - 4, 35 - x, abs(x - 20) + (x < 20 ? -1 : 0))
                let inside = min(across, y - 4, 19 - y)
                object[index] = 0.95
                boundary[index] = inside == 0 ? 0.9 : 0
                distance[index] = min(1, Float(inside + 1) / 8)
            }
        }
        return RegionHierarchy(of: PartMaps(size: size, object: object, boundary: boundary, distance: distance))
    }()

    private func recurrence(whole: Float, pieces: Float) -> [Float] {
        Self.pair.nodes.map { $0.children == nil ? pieces : whole }
    }

    private func chosen(_ recurrence: [Float]) -> [Int] {
        let logOdds = ObjectnessHead.firstLook(at: Self.pair, recurrence: recurrence)
        return ObjectSelection.choose(from: Self.pair, probability: logOdds.map(ObjectnessHead.probability))
    }

    @Test func theSquaresAreTwoRegionsAndTheirJoin() {
        #expect(Self.pair.nodes.count == 3)
    }

    @Test func whatRecursIsTheObject() {
        #expect(chosen(recurrence(whole: 0.05, pieces: 0.5)) == [2])
        #expect(chosen(recurrence(whole: 0.5, pieces: 0.05)) == [0, 1])
    }

    @Test func likeAnObjectCountsForARegionAndLikeItsRivalsAgainstIt() {
        let first = ObjectnessHead.firstLook(at: Self.pair, recurrence: recurrence(whole: 0.3, pieces: 0.3))
        #expect(ObjectnessHead.secondLook(first, others: [], isObject: []) == first)
    }

    @Test func probabilitiesAreProbabilities() {
        #expect(ObjectnessHead.probability(0) == 0.5)
        #expect(ObjectnessHead.probability(-200) >= 0 && ObjectnessHead.probability(200) <= 1)
    }
}
