import Imaging
import Testing

@Suite struct PictureLightTests {
    @Test func aFlatPictureHasOneLightEverywhere() {
        for size in [(16, 16), (17, 33), (512, 512), (640, 480), (1921, 300)] {
            let light = Samples.flat(size.0, size.1, [255, 128, 0]).light
            #expect(light.cells.allSatisfy { $0.x == 65535 && abs(Int($0.y) - 14146) <= 10 && $0.z == 0 }, "\(size)")
            #expect(light.blackShare == 0 && light.blownOutShare == 0)
        }
    }

    @Test func aPictureSmallerThanTheGridHasEmptyCells() {
        let light = Samples.flat(5, 3, [255, 255, 255]).light
        #expect(light.blownOutShare == 1)
        #expect(light.cells.count { $0.x == 65535 } == 15)
        #expect(light.cells.count { $0 == .zero } == PictureLight.cellCount - 15)
    }

    @Test func eachCellHasItsOwnLight() {
        var pixels = [UInt8](repeating: 0, count: 64 * 64 * 3)
        for y in 20..<24 {
            for x in 40..<44 { pixels[(y * 64 + x) * 3 + 1] = 255 }
        }
        let light = Image(width: 64, height: 64, pixels: pixels).light
        for (index, cell) in light.cells.enumerated() {
            #expect(cell == (index == 5 * 16 + 10 ? SIMD3(0, 65535, 0) : .zero), "\(index)")
        }
        #expect(abs(light.blackShare - (1 - 1.0 / 256)) < 1e-9)
    }

    @Test func whatIsBlackAndWhatIsBlownOutIsCounted() {
        let values: [UInt8] = [0, 23, 24, 250, 251, 255]
        var pixels: [UInt8] = []
        for _ in 0..<12 { pixels += values.flatMap { [UInt8](repeating: $0, count: 3 * 10) } }
        let light = Image(width: 60, height: 12, pixels: pixels).light
        #expect(abs(light.blackShare - 1.0 / 3) < 1e-9)
        #expect(abs(light.blownOutShare - 1.0 / 3) < 1e-9)
    }

    @Test func aLargePictureIsSampledLikeItsCopyInSmall() {
        let small = Samples.gradient(128, 96)
        var pixels = [UInt8](repeating: 0, count: 1280 * 960 * 3)
        for y in 0..<960 {
            for x in 0..<1280 {
                for channel in 0..<3 {
                    pixels[(y * 1280 + x) * 3 + channel] = small.pixels[(y / 10 * 128 + x / 10) * 3 + channel]
                }
            }
        }
        let large = Image(width: 1280, height: 960, pixels: pixels).light
        for (first, second) in zip(small.light.cells, large.cells) {
            for channel in 0..<3 { #expect(abs(Int(first[channel]) - Int(second[channel])) < 1500) }
        }
    }
}
