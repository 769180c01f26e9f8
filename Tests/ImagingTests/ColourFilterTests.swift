import Imaging
import Testing

@Suite struct ColourFilterTests {
    static let formats: [PixelFormat] = [.rggb8, .bggr8, .grbg8, .gbrg8]

    /// Which of red, green and blue (0, 1, 2) a place of the array lets through.
    static func colour(_ x: Int, _ y: Int, _ format: PixelFormat) -> Int {
        let tiles: [PixelFormat: [Int]] = [
            .rggb8: [0, 1, 1, 2], .bggr8: [2, 1, 1, 0], .grbg8: [1, 0, 2, 1], .gbrg8: [1, 2, 0, 1],
        ]
        return tiles[format, default: []][y % 2 * 2 + x % 2]
    }

    /// The filters of Malvar, He and Cutler as their figure 2 draws them, in eighths; rows from top to bottom.
    static let greenAtColour: [[Double]] = [
        [0, 0, -1, 0, 0], [0, 0, 2, 0, 0], [-1, 2, 4, 2, -1], [0, 0, 2, 0, 0], [0, 0, -1, 0, 0],
    ]
    static let colourOfRowAtGreen: [[Double]] = [
        [0, 0, 0.5, 0, 0], [0, -1, 0, -1, 0], [-1, 4, 5, 4, -1], [0, -1, 0, -1, 0], [0, 0, 0.5, 0, 0],
    ]
    static let colourOfColumnAtGreen: [[Double]] = [
        [0, 0, -1, 0, 0], [0, -1, 4, -1, 0], [0.5, 0, 5, 0, 0.5], [0, -1, 4, -1, 0], [0, 0, -1, 0, 0],
    ]
    static let otherColour: [[Double]] = [
        [0, 0, -1.5, 0, 0], [0, 2, 0, 2, 0], [-1.5, 0, 6, 0, -1.5], [0, 2, 0, 2, 0], [0, 0, -1.5, 0, 0],
    ]

    static func mirrored(_ place: Int, _ count: Int) -> Int {
        place < 0 ? -place : place >= count ? 2 * (count - 1) - place : place
    }

    static func reference(_ bytes: [UInt8], _ layout: ImageLayout, _ x: Int, _ y: Int) -> [Double] {
        func filtered(_ filter: [[Double]]) -> Double {
            var sum = 0.0
            for dy in -2...2 {
                for dx in -2...2 {
                    let place =
                        mirrored(y + dy, layout.height) * layout.bytesPerRow + mirrored(x + dx, layout.width)
                    sum += filter[dy + 2][dx + 2] * Double(bytes[place])
                }
            }
            return max(0, min(255, sum / 8))
        }
        let own = Double(bytes[y * layout.bytesPerRow + x])
        let colour = colour(x, y, layout.format)
        var value = [0.0, 0, 0]
        value[colour] = own
        if colour == 1 {
            // The neighbour in the row tells which colour the row has; red 0 and blue 2 change places by 2 − x.
            let ofRow = Self.colour(x + 1, y, layout.format)
            value[ofRow] = filtered(colourOfRowAtGreen)
            value[2 - ofRow] = filtered(colourOfColumnAtGreen)
        } else {
            value[1] = filtered(greenAtColour)
            value[2 - colour] = filtered(otherColour)
        }
        return value
    }

    @Test(arguments: formats)
    func everyPixelIsThePublishedFilterRounded(format: PixelFormat) throws {
        let sizes = [
            (3, 3), (4, 3), (5, 7), (16, 4), (33, 17), (64, 5), (255, 4), (256, 3), (257, 4), (258, 3), (515, 3),
        ]
        for (index, (width, height)) in sizes.enumerated() {
            let layout = try ImageLayout(width: width, height: height, bytesPerRow: width + index % 3, format: format)
            var generator = SeededGenerator(seed: UInt64(index))
            let bytes = generator.bytes(layout.neededByteCount)
            let image = try decoded(bytes, layout)
            var worst = 0.0
            for y in 0..<height {
                for x in 0..<width {
                    let expected = Self.reference(bytes, layout, x, y)
                    for channel in 0..<3 {
                        worst = max(worst, abs(Double(image.pixels[(y * width + x) * 3 + channel]) - expected[channel]))
                    }
                }
            }
            #expect(worst <= 0.5, "seed \(index), \(width)×\(height)")
        }
    }

    @Test(arguments: formats)
    func aFlatColourStaysFlatWhateverTheSize(format: PixelFormat) throws {
        for (width, height) in [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (2, 5), (9, 2)] {
            let layout = try ImageLayout(width: width, height: height, format: format)
            #expect(
                try decoded([UInt8](repeating: 90, count: width * height), layout)
                    == Samples.flat(width, height, [90, 90, 90]), "\(width)×\(height)")
        }
    }

    @Test(arguments: formats)
    func aSoftPictureComesBackClose(format: PixelFormat) throws {
        let picture = Samples.gradient(96, 64)
        var bytes: [UInt8] = []
        for y in 0..<64 {
            for x in 0..<96 { bytes.append(picture.pixels[(y * 96 + x) * 3 + Self.colour(x, y, format)]) }
        }
        let image = try decoded(bytes, ImageLayout(width: 96, height: 64, format: format))
        #expect(largestDifference(image, picture) <= 4)
    }
}
