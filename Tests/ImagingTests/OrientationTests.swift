import Imaging
import Testing

@Suite struct OrientationTests {
    static let all = Orientation.Rotation.allCases.flatMap { rotation in
        Orientation.Flip.allCases.map { Orientation(rotation: rotation, flip: $0) }
    }

    /// A quarter turn clockwise and the two flips, pixel by pixel.
    static func turnedRight(_ image: Image) -> Image {
        made(image.height, image.width) { x, y in pixel(image, y, image.height - 1 - x) }
    }

    static func flipped(_ image: Image, _ flip: Orientation.Flip) -> Image {
        made(image.width, image.height) { x, y in
            switch flip {
            case .none: pixel(image, x, y)
            case .horizontal: pixel(image, image.width - 1 - x, y)
            case .vertical: pixel(image, x, image.height - 1 - y)
            }
        }
    }

    static func pixel(_ image: Image, _ x: Int, _ y: Int) -> ArraySlice<UInt8> {
        image.pixels[(y * image.width + x) * 3..<(y * image.width + x) * 3 + 3]
    }

    static func made(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> ArraySlice<UInt8>) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<height { for x in 0..<width { pixels += pixel(x, y) } }
        return Image(width: width, height: height, pixels: pixels)
    }

    @Test(arguments: all)
    func aPictureIsTurnedClockwiseAndThenMirrored(orientation: Orientation) {
        for (width, height) in [(1, 1), (2, 3), (31, 5), (33, 70), (64, 32)] {
            let image = Samples.noise(width, height, seed: UInt64(width))
            var expected = image
            for _ in 0..<orientation.rotation.rawValue / 90 { expected = Self.turnedRight(expected) }
            expected = Self.flipped(expected, orientation.flip)
            #expect(image.turned(orientation) == expected, "\(width)×\(height)")
        }
    }

    @Test func theFirstPixelOfAPictureTurnedRightIsTheLowerLeft() {
        let image = Image(width: 2, height: 1, pixels: [1, 1, 1, 2, 2, 2])
        #expect(image.turned(Orientation(rotation: .right)).pixels == [1, 1, 1, 2, 2, 2])
        let upright = Image(width: 1, height: 2, pixels: [1, 1, 1, 2, 2, 2])
        #expect(upright.turned(Orientation(rotation: .right)).pixels == [2, 2, 2, 1, 1, 1])
    }

    @Test func aFrameIsTurnedAsItIsDecoded() throws {
        let layout = try ImageLayout(width: 3, height: 2, format: .grey)
        let turned = try decoded([1, 2, 3, 4, 5, 6], layout, orientation: Orientation(rotation: .right))
        #expect(turned.size == PixelSize(width: 2, height: 3))
        #expect(turned.pixels == [4, 1, 5, 2, 6, 3].flatMap { [$0, $0, $0] })
    }
}
