import Imaging
import Testing

@Suite struct FrameDecodingTests {
    static let sizes = [(1, 1), (2, 2), (3, 5), (16, 4), (33, 17), (64, 2), (255, 3), (256, 2), (257, 3), (514, 2)]
    static let encodings = ColourEncoding.Standard.allCases.flatMap { standard in
        ColourEncoding.Range.allCases.map { ColourEncoding(standard: standard, range: $0) }
    }
    static let colourFormats: [PixelFormat] = [
        .yuyv, .uyvy, .yvyu, .vyuy, .nv12, .nv21, .nv16, .nv61, .yuv420, .yvu420, .yuv422p,
    ]

    /// BT.601, BT.709, BT.2020 and SMPTE 240M in floating point, from luma and colour differences scaled as the
    /// recommendations say.
    static func reference(y: UInt8, u: UInt8, v: UInt8, _ encoding: ColourEncoding) -> [Double] {
        let (red, blue) =
            switch encoding.standard {
            case .bt601: (0.299, 0.114)
            case .bt709: (0.2126, 0.0722)
            case .bt2020: (0.2627, 0.0593)
            case .smpte240m: (0.212, 0.087)
            }
        let isLimited = encoding.range == .limited
        let luma = isLimited ? (Double(y) - 16) / 219 : Double(y) / 255
        let blueDifference = (Double(u) - 128) / (isLimited ? 224 : 255)
        let redDifference = (Double(v) - 128) / (isLimited ? 224 : 255)
        let r = luma + redDifference * 2 * (1 - red)
        let b = luma + blueDifference * 2 * (1 - blue)
        let g = (luma - red * r - blue * b) / (1 - red - blue)
        return [r, g, b].map { max(0, min(255, $0 * 255)) }
    }

    /// The samples of one pixel of a frame in pieces, read the obvious way.
    static func samples(_ pieces: [[UInt8]], _ layout: ImageLayout, _ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8) {
        func byte(_ plane: Int, _ offset: Int) -> UInt8 {
            if layout.hasSeparatePlanes { return pieces[plane][offset] }
            let halfHeight = (layout.height + 1) / 2
            let isHalf = [.nv12, .nv21, .yuv420, .yvu420].contains(layout.format)
            let luma = layout.bytesPerRow * layout.height
            let starts = [0, luma, luma + layout.chromaBytesPerRow * (isHalf ? halfHeight : layout.height)]
            return pieces[0][starts[plane] + offset]
        }
        let row = y * layout.bytesPerRow
        let half = y / 2 * layout.chromaBytesPerRow
        let whole = y * layout.chromaBytesPerRow
        let pair = x / 2
        return switch layout.format {
        case .yuyv: (byte(0, row + 2 * x), byte(0, row + pair * 4 + 1), byte(0, row + pair * 4 + 3))
        case .uyvy: (byte(0, row + 2 * x + 1), byte(0, row + pair * 4), byte(0, row + pair * 4 + 2))
        case .yvyu: (byte(0, row + 2 * x), byte(0, row + pair * 4 + 3), byte(0, row + pair * 4 + 1))
        case .vyuy: (byte(0, row + 2 * x + 1), byte(0, row + pair * 4 + 2), byte(0, row + pair * 4))
        case .nv12: (byte(0, row + x), byte(1, half + pair * 2), byte(1, half + pair * 2 + 1))
        case .nv21: (byte(0, row + x), byte(1, half + pair * 2 + 1), byte(1, half + pair * 2))
        case .nv16: (byte(0, row + x), byte(1, whole + pair * 2), byte(1, whole + pair * 2 + 1))
        case .nv61: (byte(0, row + x), byte(1, whole + pair * 2 + 1), byte(1, whole + pair * 2))
        case .yuv420: (byte(0, row + x), byte(1, half + pair), byte(2, half + pair))
        case .yvu420: (byte(0, row + x), byte(2, half + pair), byte(1, half + pair))
        default: (byte(0, row + x), byte(1, whole + pair), byte(2, whole + pair))
        }
    }

    /// Decodes a frame whose planes may lie in memory of their own.
    static func decoded(
        _ pieces: [[UInt8]], _ layout: ImageLayout, _ encoding: ColourEncoding
    ) throws(ImagingError) -> Image {
        let first = pieces[0]
        let second = pieces.count > 1 ? pieces[1] : []
        let third = pieces.count > 2 ? pieces[2] : []
        return try unsafe first.span.withUnsafeBytes { (first) throws(ImagingError) in
            try unsafe second.span.withUnsafeBytes { (second) throws(ImagingError) in
                try unsafe third.span.withUnsafeBytes { (third) throws(ImagingError) in
                    var decoder = FrameDecoder()
                    var image = Image(width: 1, height: 1, pixels: [0, 0, 0])
                    try unsafe decoder.decode(
                        FramePieces(first, second, third), layout: layout, encoding: encoding, into: &image)
                    return image
                }
            }
        }
    }

    @Test(arguments: colourFormats, encodings)
    func lumaAndChromaBecomeTheColoursOfTheFloatingPointReference(format: PixelFormat, encoding: ColourEncoding) throws
    {
        for (index, (width, height)) in Self.sizes.enumerated() {
            for (padding, isSeparate) in [(0, false), (1, false), (6, false), (0, true), (5, true)] {
                let least = format.leastBytesPerRow(width: width)
                let layout = try ImageLayout(
                    width: width, height: height, bytesPerRow: least + padding,
                    chromaBytesPerRow: isSeparate ? least + 3 : nil, hasSeparatePlanes: isSeparate, format: format)
                var generator = SeededGenerator(seed: UInt64(index))
                let pieces = (0..<layout.pieceCount).map { generator.bytes(layout.neededByteCount(ofPiece: $0)) }
                let image = try Self.decoded(pieces, layout, encoding)
                var worst = 0.0
                for y in 0..<height {
                    for x in 0..<width {
                        let (luma, u, v) = Self.samples(pieces, layout, x, y)
                        let expected = Self.reference(y: luma, u: u, v: v, encoding)
                        for channel in 0..<3 {
                            let value = Double(image.pixels[(y * width + x) * 3 + channel])
                            worst = max(worst, abs(value - expected[channel]))
                        }
                    }
                }
                #expect(worst <= 0.7, "seed \(index), \(width)×\(height), padding \(padding), pieces \(isSeparate)")
            }
        }
    }

    @Test(arguments: encodings) func theExtremesOfLumaAndChromaAreInRange(encoding: ColourEncoding) throws {
        let extremes: [UInt8] = [0, 1, 15, 16, 128, 235, 240, 254, 255]
        let layout = try ImageLayout(width: 2, height: 1, format: .yuyv)
        for y in extremes {
            for u in extremes {
                for v in extremes {
                    let pixels = try ImagingTests.decoded([y, u, y, v], layout, encoding: encoding).pixels
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
        #expect(try ImagingTests.decoded([16, 128, 235, 128], layout).pixels == [0, 0, 0, 255, 255, 255])
        #expect(try ImagingTests.decoded([81, 90, 81, 240], layout).pixels == [254, 0, 0, 254, 0, 0])
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
        #expect(try ImagingTests.decoded(rgb, rgbLayout) == image)
        #expect(try ImagingTests.decoded(bgr, bgrLayout) == image)
        let greyPixels = try ImagingTests.decoded(grey, greyLayout).pixels
        #expect(greyPixels == image.pixels.indices.map { image.pixels[$0 - $0 % 3] })
    }

    @Test(arguments: [(PixelFormat.y10, 2), (.y12, 4), (.y16, 8)])
    func longGreySamplesKeepTheirHighestBits(format: PixelFormat, shift: Int) throws {
        var bytes: [UInt8] = []
        var expected: [UInt8] = []
        for level: UInt8 in [0, 1, 200, 255] {
            let sample = Int(level) << shift | ((1 << shift) - 1)
            bytes += [UInt8(sample & 0xFF), UInt8(sample >> 8), 0xEE]
            expected += [level, level, level]
        }
        let layout = try ImageLayout(width: 1, height: 4, bytesPerRow: 3, format: format)
        #expect(try ImagingTests.decoded(bytes, layout).pixels == expected)
    }

    @Test func limitedGreyAndColourAreStretched() throws {
        let limited = ColourEncoding(standard: .bt601, range: .limited)
        let grey = try ImageLayout(width: 4, height: 1, format: .grey)
        let stretched = try ImagingTests.decoded([0, 16, 235, 126], grey, encoding: limited).pixels
        #expect(stretched == [0, 0, 0, 0, 0, 0, 255, 255, 255, 128, 128, 128])
        let packed = try ImageLayout(width: 1, height: 1, format: .bgr24)
        #expect(try ImagingTests.decoded([16, 235, 255], packed, encoding: limited).pixels == [255, 255, 0])
    }

    @Test(arguments: PixelFormat.native.filter { $0 != .mjpeg })
    func aFrameOneByteShortIsRefusedWithBothNumbers(format: PixelFormat) throws {
        let layout = try ImageLayout(width: 7, height: 5, bytesPerRow: 40, format: format)
        let needed = layout.neededByteCount
        _ = try ImagingTests.decoded([UInt8](repeating: 0, count: needed), layout)
        #expect(throws: ImagingError.frameTooShort(byteCount: needed - 1, needed: needed)) {
            try ImagingTests.decoded([UInt8](repeating: 0, count: needed - 1), layout)
        }
        #expect(throws: ImagingError.frameTooShort(byteCount: 0, needed: needed)) {
            try ImagingTests.decoded([], layout)
        }
    }

    @Test(arguments: [PixelFormat.nv12, .nv21, .nv16, .nv61, .yuv420, .yvu420, .yuv422p])
    func aPieceOneByteShortIsRefused(format: PixelFormat) throws {
        let layout = try ImageLayout(width: 7, height: 5, hasSeparatePlanes: true, format: format)
        let whole = (0..<layout.pieceCount).map {
            [UInt8](repeating: 0, count: layout.neededByteCount(ofPiece: $0))
        }
        _ = try Self.decoded(whole, layout, .bt601Limited)
        for piece in whole.indices {
            var short = whole
            short[piece].removeLast()
            #expect(
                throws: ImagingError.frameTooShort(byteCount: short[piece].count, needed: whole[piece].count)
            ) { try Self.decoded(short, layout, .bt601Limited) }
        }
    }

    @Test(arguments: [Orientation.upright, Orientation(rotation: .right, flip: .vertical)])
    func decodingAgainReusesTheMemoryAndFollowsANewSize(orientation: Orientation) throws {
        var decoder = FrameDecoder()
        var image = Image(width: 1, height: 1, pixels: [0, 0, 0])
        func decode(_ level: UInt8, _ width: Int, _ height: Int) throws {
            let layout = try ImageLayout(width: width, height: height, format: .grey)
            try unsafe [UInt8](repeating: level, count: 64).withUnsafeBytes {
                try unsafe decoder.decode(FramePieces($0), layout: layout, orientation: orientation, into: &image)
            }
        }
        try decode(7, 8, 8)
        let before = unsafe image.pixels.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        try decode(9, 8, 8)
        let after = unsafe image.pixels.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        #expect(before == after)
        #expect(image.pixels == [UInt8](repeating: 9, count: 192))
        try decode(9, 4, 2)
        let size = orientation.size(of: PixelSize(width: 4, height: 2))
        #expect(image == Samples.flat(size.width, size.height, [9, 9, 9]))
    }
}
