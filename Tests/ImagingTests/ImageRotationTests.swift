import Imaging
import Testing

struct ImageRotationTests {
    private func noise(width: Int, height: Int) -> Image {
        // Any numbers that do not repeat in a line or a column.
        Image(
            width: width, height: height,
            pixels: (0..<(3 * width * height)).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) })
    }

    @Test func aQuarterTurnOfASquareMovesEveryPixel() {
        let image = noise(width: 9, height: 9)
        // x now points down: what lay at the right lies at the bottom.
        let rotated = image.rotated(to: [0, 1])
        for y in 0..<9 {
            for x in 0..<9 {
                for channel in 0..<3 {
                    let value = rotated.pixels[3 * (y * 9 + x) + channel]
                    #expect(abs(Int(value) - Int(image.pixels[3 * ((8 - x) * 9 + y) + channel])) <= 1)
                }
            }
        }
    }

    @Test func noTurnChangesNothing() {
        let image = noise(width: 7, height: 4)
        #expect(image.rotated(to: [1, 0]) == image)
    }

    @Test func theEdgeIsRepeatedWhereThePictureEnds() {
        var image = Image(width: 5, height: 21, pixels: [UInt8](repeating: 40, count: 315))
        for y in 0..<21 { image.pixels[3 * (5 * y)] = 200 }
        // Half a turn: the bright left edge is the right one now.
        let half = image.rotated(to: [-1, 0])
        #expect((0..<21).allSatisfy { half.pixels[3 * (5 * $0 + 4)] == 200 && half.pixels[3 * (5 * $0)] == 40 })
        // Above the five lines that the wide side shows, the bright edge, which lies at the top now, goes on.
        let quarter = image.rotated(to: [0, 1])
        #expect(
            (0..<8).allSatisfy { quarter.pixels[3 * (5 * $0 + 2)] == 200 } && quarter.pixels[3 * (5 * 12 + 2)] == 40)
    }

    @Test func aVectorTurnsBack() {
        let direction = SIMD2<Float>(0.6, 0.8)
        let back = SIMD2<Float>(0.6, 0.8).rotatedBack(from: direction)
        #expect(abs(back.x - 1) < 1e-6 && abs(back.y) < 1e-6)
    }
}
