import Enrolment
import Foundation
import Imaging
import Testing

struct MaskRoughnessTests {
    private func mask(_ isSet: (Double, Double) -> Bool) -> Mask {
        let box = PixelBox(x: 3, y: 2, width: 80, height: 80)
        var bits = [UInt8](repeating: 0, count: box.area)
        for y in 0..<80 {
            for x in 0..<80 where isSet(Double(x) - 39.5, Double(y) - 39.5) { bits[y * 80 + x] = 1 }
        }
        return Mask(grid: PixelSize(width: 96, height: 96), box: box, bits: bits)
    }

    @Test(arguments: [8.0, 20, 34])
    func whatIsCutCleanlyIsNotRough(radius: Double) {
        #expect(mask { $0 * $0 + $1 * $1 < radius * radius }.roughness < Mask.cleanRoughness)
        #expect(mask { abs($0) < radius && abs($1) < 0.6 * radius }.roughness < Mask.cleanRoughness)
    }

    @Test func aHeapOfPelletsIsRough() {
        let heap = mask { x, y in
            let angle = atan2(y, x)
            let radius = 30 + 4 * sin(13 * angle) + 2 * sin(29 * angle)
            return x * x + y * y < radius * radius
        }
        #expect(heap.roughness > 2 * Mask.cleanRoughness)
    }

    @Test func emptyAndTinyMasksAreNotRough() {
        #expect(Mask(emptyOn: PixelSize(width: 8, height: 8)).roughness == 0)
        let pixel = Mask(
            grid: PixelSize(width: 8, height: 8), box: PixelBox(x: 7, y: 7, width: 1, height: 1), bits: [1])
        #expect(pixel.roughness.isFinite)
    }
}
