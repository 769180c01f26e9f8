import Assessment
import Imaging
import Inference
import Regions
import Testing

struct ObjectnessHeadTests {
    /// Two squares that touch, with a border between them that is given up.
    static let pair = row(of: 2)

    /// Squares that touch in a row, parted by borders; the one between the first two may be weaker.
    static func row(of count: Int, firstBorder: Float = 0.9) -> RegionHierarchy {
        let side = 16
        let size = PixelSize(width: count * side + 8, height: side + 8)
        var object = [Float](repeating: 0, count: size.pixelCount)
        var boundary = object
        var distance = object
        for y in 0..<side {
            for x in 0..<(count * side) {
                let index = (y + 4) * size.width + x + 4
                let inside = min(x % side, side - 1 - x % side, y, side - 1 - y)
                object[index] = 0.95
                boundary[index] = inside == 0 ? (abs(2 * (x - side) + 1) < 4 ? firstBorder : 0.9) : 0
                distance[index] = min(1, Float(inside + 1) / 8)
            }
        }
        return RegionHierarchy(of: PartMaps(size: size, object: object, boundary: boundary, distance: distance))
    }

    @Test func theSquaresAreTwoRegionsAndTheirJoin() {
        #expect(Self.pair.nodes.count == 3)
    }

    @Test func everyLookHasAWeightForEachOfItsMeasures() {
        let head = ObjectnessHead.standard
        #expect(head.alone.weights.count == ObjectnessHead.aloneNames.count)
        #expect(head.first.weights.count == ObjectnessHead.firstNames.count)
        #expect(head.second.weights.count == ObjectnessHead.secondNames.count)
        for measures in ObjectnessHead.measures(of: Self.pair) {
            #expect(measures.count == ObjectnessHead.aloneNames.count)
        }
        for measures in ObjectnessHead.measures([0, 1], others: [], isObject: []) {
            #expect(measures.count == ObjectnessHead.secondNames.count)
        }
    }

    @Test func logOddsAreTheWeightedSum() {
        #expect(LogOdds(weights: [2, -1], bias: 0.5)([3, 4]) == 2.5)
    }

    @Test func probabilitiesAreProbabilities() {
        #expect(ObjectnessHead.probability(0) == 0.5)
        #expect(ObjectnessHead.probability(-200) >= 0 && ObjectnessHead.probability(200) <= 1)
    }
}
