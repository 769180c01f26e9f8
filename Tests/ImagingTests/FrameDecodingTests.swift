import Imaging
import Testing

@Suite struct FrameDecodingTests {
    static let sizes = [(1, 1), (2, 2), (3, 5), (16, 4), (33, 17), (64, 2)]
    static let encodings = [
        ColourEncoding.bt601Limited, ColourEncoding(standard: .bt601, range: .full),
        ColourEncoding(standard: .bt709, range: .limited), ColourEncoding(standard: .bt709, range: .full),
    ]

    /// BT.601 and BT.709 in floating point, from luma and colour differences scaled as the recommendations say.
    static func reference(y: UInt8, u: UInt8, v: UInt8, _ encoding: ColourEncoding) -> [Double] {
        let (red, blue) = encoding.standard == .bt601 ? (0.299, 0.114) : (0.2126, 0.0722)
        let isLimited = encoding.range == .limited
        let luma = isLimited ? (Double(y) - 16) / 219 : Double(y) / 255
        let blueDifference = (Double(u) - 128) / (isLimited ? 224 : 255)
        let redDifference = (Double(v) - 128) / (isLimited ? 224 : 255)
        let r = luma + redDifference * 2 * (1 - red)
        let b = luma + blueDifference * 2 * (1 - blue)
        let g = (luma - red * r - blue * b) / (1 - red - blue)
        return [r, g, b].map { max(0, min(255, $0 * 255)) }
    }

    /// The samples of one pixel, read the obvious way.
    static func samples(_ bytes: [UInt8], _ layout: ImageLayout, _ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8) {
        let row = y * layout.bytesPerRow
        switch layout.format {
        case .yuyv: return (bytes[row + 2 * x], bytes[row + x / 2 * 4 + 1], bytes[row + x / 2 * 4 + 3])
        case .uyvy: return (bytes[row + 2 * x + 1], bytes[row + x / 2 * 4], bytes[row + x / 2 * 4 + 2])
        default:
            let chroma = layout.bytesPerRow * (layout.height + y / 2) + x / 2 * 2
            return (bytes[row + x], bytes[chroma], bytes[chroma + 1])
        }
    }

    @Test(arguments: [PixelFormat.yuyv, .uyvy, .nv12], encodings)
    func lumaAndChromaBecomeTheColoursOfTheFloatingPointReference(format: PixelFormat, encoding: ColourEncoding) throws
    {
        for (index, (width, height)) in Self.sizes.enumerated() {
            for padding in [0, 1, 6] {
                let least = format.leastBytesPerRow(width: width)
                let layout = try ImageLayout(
                    width: width, height: height, bytesPerRow: least + padding, format: format)
                var generator = SeededGenerator(seed: UInt64(index))
                let bytes = generator.bytes(layout.neededByteCount)
                let image = try decoded(bytes, layout, encoding: encoding)
                var worst = 0.0
                for y in 0..<height {
                    for x in 0..<width {
                        let (luma, u, v) = Self.samples(bytes, layout, x, y)
                        let expected = Self.reference(y: luma, u: u, v: v, encoding)
                        for channel in 0..<3 {
                            let value = Double(image.pixels[(y * width + x) * 3 + channel])
                            worst = max(worst, abs(value - expected[channel]))
                        }
                    }
                }
                #expect(worst <= 1, "seed \(index), \(width)×\(height), padding \(padding)")
            }
        }
    }

    @Test(arguments: encodings) func theExtremesOfLumaAndChromaAreInRange(encoding: ColourEncoding) throws {
        let extremes: [UInt8] = [0, 1, 15, 16, 128, 235, 240, 254, 255]
        let layout = try ImageLayout(width: 2, height: 1, format: .yuyv)
        for y in extremes {
            for u in extremes {
                for v in extremes {
                    let pixels = try decoded([y, u, y, v], layout, encoding: encoding).pixels
                    let expected = Self.reference(y: y, u: u, v: v, encoding)
                    for (value, expected) in zip(pixels, expected + expected) {
                        #expect(abs(Double(value) - expected) <= 1, "luma \(y), chroma \(u), \(v)")
                    }
                }
            }
        }
    }

    @Test func blackWhiteAndRedOfLimitedRangeAreExact() throws {
        let layout = try ImageLayout(width: 2, height: 1, format: .yuyv)
        #expect(try decoded([16, 128, 235, 128], layout).pixels == [0, 0, 0, 255, 255, 255])
        #expect(try decoded([81, 90, 81, 240], layout).pixels == [254, 0, 0, 254, 0, 0])
    }

    @Test(arguments: sizes) func packedAndGreyFramesKeepTheirValues(width: Int, height: Int) throws {
        let image = Samples.noise(width, height, seed: 3)
        let padding = 5
        var rgb: [UInt8] = []
        var bgr: [UInt8] = []
        var grey: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let pixel = image.pixels[(y * width + x) * 3..<(y * width + x) * 3 + 3]
                rgb += pixel
                bgr += pixel.reversed()
                grey.append(pixel[pixel.startIndex])
            }
            for _ in 0..<padding {
                rgb.append(99)
                bgr.append(99)
                grey.append(99)
            }
        }
        let rgbLayout = try ImageLayout(
            width: width, height: height, bytesPerRow: width * 3 + padding, format: .rgb24)
        let bgrLayout = try ImageLayout(
            width: width, height: height, bytesPerRow: width * 3 + padding, format: .bgr24)
        let greyLayout = try ImageLayout(width: width, height: height, bytesPerRow: width + padding, format: .grey)
        #expect(try decoded(rgb, rgbLayout) == image)
        #expect(try decoded(bgr, bgrLayout) == image)
        let greyPixels = try decoded(grey, greyLayout).pixels
        #expect(greyPixels == image.pixels.indices.map { image.pixels[$0 - $0 % 3] })
    }

    @Test(arguments: [PixelFormat.yuyv, .uyvy, .nv12, .grey, .rgb24, .bgr24])
    func aFrameOneByteShortIsRefusedWithBothNumbers(format: PixelFormat) throws {
        let layout = try ImageLayout(width: 7, height: 5, bytesPerRow: 40, format: format)
        let needed = layout.neededByteCount
        _ = try decoded([UInt8](repeating: 0, count: needed), layout)
        #expect(throws: ImagingError.frameTooShort(byteCount: needed - 1, needed: needed)) {
            try decoded([UInt8](repeating: 0, count: needed - 1), layout)
        }
        #expect(throws: ImagingError.frameTooShort(byteCount: 0, needed: needed)) { try decoded([], layout) }
    }

    @Test func decodingAgainReusesTheMemoryAndFollowsANewSize() throws {
        let frame = [UInt8](repeating: 7, count: 64)
        var image = try decoded(frame, ImageLayout(width: 8, height: 8, format: .grey))
        let before = unsafe image.pixels.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        let brighter = [UInt8](repeating: 9, count: 64)
        try unsafe brighter.withUnsafeBytes {
            try unsafe image.decode($0, layout: ImageLayout(width: 8, height: 8, format: .grey))
        }
        let after = unsafe image.pixels.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        #expect(before == after)
        #expect(image.pixels == [UInt8](repeating: 9, count: 192))
        try unsafe brighter.withUnsafeBytes {
            try unsafe image.decode($0, layout: ImageLayout(width: 4, height: 2, format: .grey))
        }
        #expect(image == Samples.flat(4, 2, [9, 9, 9]))
    }
}
