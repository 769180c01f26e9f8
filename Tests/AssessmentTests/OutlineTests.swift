import Assessment
import Composition
import Foundation
import Imaging
import Inference
import Regions
import SupportSets
import Testing

/// What the outlines of drawn masks say of them, however they are turned.
struct OutlineTests {
    private static let size = PixelSize(width: 160, height: 160)

    /// - Parameter isInside: for a place in pixels from the centre, before the shape is turned.
    private func object(turned degrees: Double, _ isInside: (Double, Double) -> Bool) throws -> ComparableObject {
        let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        var bits: [UInt8] = []
        for y in 0..<Self.size.height {
            for x in 0..<Self.size.width {
                let (dx, dy) = (Double(x) - 79.5, Double(y) - 79.5)
                bits.append(isInside(cosine * dx + sine * dy, cosine * dy - sine * dx) ? 1 : 0)
            }
        }
        let mask = Mask(
            grid: Self.size, box: PixelBox(x: 0, y: 0, width: Self.size.width, height: Self.size.height), bits: bits)
        let image = Image(
            width: Self.size.width, height: Self.size.height,
            pixels: [UInt8](repeating: 100, count: 3 * Self.size.pixelCount))
        let descriptor = try #require(
            RegionMeasurement.descriptor(
                of: mask.tightened, features: FeatureGrid(height: 1, width: 1, channelCount: 1, values: [1]),
                picture: image, objectness: 1))
        return ComparableObject(descriptor, centre: [0])
    }

    private func distance(_ part: CostPart, _ one: ComparableObject, _ other: ComparableObject) -> Float {
        PartDistances.between(one, other)[part.rawValue]
    }

    private func square(_ x: Double, _ y: Double) -> Bool { max(abs(x), abs(y)) < 10 }
    private func hexagon(_ x: Double, _ y: Double) -> Bool {
        abs(x) < 10 && abs(x / 2 + y * 0.866) < 10 && abs(x / 2 - y * 0.866) < 10
    }
    private func bar(_ x: Double, _ y: Double) -> Bool { abs(x) < 30 && abs(y) < 4 }

    @Test(arguments: [0, 17, 45, 110, 200.0])
    func aTurnedObjectIsTheSameObject(degrees: Double) throws {
        func bent(_ x: Double, _ y: Double) -> Bool { bar(x, y - 4 * (x / 30) * (x / 30)) }
        for shape in [square, hexagon, bar, bent] {
            let known = try object(turned: 5, shape)
            let distances = PartDistances.between(known, try object(turned: degrees, shape))
            let scales = PartDistances.detailFloors(of: known.descriptor, pixel: 1 / Float(Self.size.width))
            #expect(CalibratedCost.deviation(distances, scales: scales).details < 0.4, "\(distances)")
        }
    }

    @Test func aBentBarIsBowed() throws {
        let bent = try object(turned: 30) { x, y in self.bar(x, y - 4 * (x / 30) * (x / 30)) }
        #expect(distance(.bow, bent, try object(turned: 80, bar)) > 3 * PartDistances.floors[CostPart.bow.rawValue])
    }

    @Test func aSquareIsNoHexagon() throws {
        let difference = distance(.fourfold, try object(turned: 10, square), try object(turned: 70, hexagon))
        #expect(difference > 3 * PartDistances.floors[CostPart.fourfold.rawValue])
    }

    @Test func aChippedHexagonIsNoWholeOne() throws {
        let chipped = try object(turned: 50) { x, y in self.hexagon(x, y) && (x - 9) * (x - 9) + y * y > 30 }
        let whole = try object(turned: 0, hexagon)
        #expect(distance(.threefold, chipped, whole) > 3 * PartDistances.floors[CostPart.threefold.rawValue])
    }

    @Test func aShorterBarIsShorter() throws {
        let shorter = try object(turned: 20) { x, y in abs(x) < 24 && abs(y) < 4 }
        #expect(abs(distance(.length, shorter, try object(turned: 0, bar)) - 0.223) < 0.03)
    }
}
