import Imaging
import Testing

@Suite struct ForeignFormatTests {
    static func format(_ letters: String) throws -> PixelFormat {
        let fourCC = try #require(FourCC(letters: letters))
        return .foreign(fourCC)
    }

    @Test func samplesWithTheHighByteFirstBecomeGrey() throws {
        let layout = try ImageLayout(width: 16, height: 2, bytesPerRow: 40, format: Self.format("Y16-BE"))
        var bytes: [UInt8] = []
        var expected: [UInt8] = []
        for y in 0..<2 {
            for x in 0..<16 {
                let level = UInt8(10 * x + y)
                bytes += [level, 0x77]
                expected += [level, level, level]
            }
            bytes += [UInt8](repeating: 9, count: 8)
        }
        #expect(try decoded(bytes, layout).pixels == expected)
    }

    @Test func fiveAndSixBitColoursBecomeWholeOnes() throws {
        // RRRRRGGG GGGBBBBB, the low byte first.
        let layout = try ImageLayout(width: 4, height: 1, format: Self.format("RGBP"))
        let image = try decoded([0x00, 0xF8, 0xE0, 0x07, 0x1F, 0x00, 0xFF, 0xFF], layout)
        #expect(image.pixels.map { $0 / 8 } == [31, 0, 0, 0, 31, 0, 0, 0, 31, 31, 31, 31])
    }

    @Test(arguments: ["RGBP", "Y16-BE", "BG10", "pBAA", "HSV3", "RGB4", "BGR4", "M420", "S501", "KONI"])
    func aFrameOfFixedLengthIsReadWholeAndRefusedShort(letters: String) throws {
        let layout = try ImageLayout(width: 64, height: 48, format: Self.format(letters))
        let needed = layout.neededByteCount
        var generator = SeededGenerator(seed: 1)
        let bytes = generator.bytes(needed)
        #expect(try decoded(bytes, layout).size == PixelSize(width: 64, height: 48))
        #expect(throws: ImagingError.frameTooShort(byteCount: needed - 1, needed: needed)) {
            try decoded([UInt8](bytes.dropLast()), layout)
        }
    }

    @Test(arguments: ["CPIA", "P207", "JL20", "JPGL", "S401", "S561", "S910", "SONX", "M310"])
    func noiseInACompressedFrameDoesNoHarm(letters: String) throws {
        let layout = try ImageLayout(width: 64, height: 48, format: Self.format(letters))
        var generator = SeededGenerator(seed: 2)
        for count in [1, 2, 17, 500, 3000, 20_000] {
            if let image = Result(catching: { try decoded(generator.bytes(count), layout) }).success {
                #expect(image.size == layout.size)
            }
        }
    }

    /// The last three libv4lconvert would read, if at the price of the daemon's life.
    @Test(arguments: ["H264", "O511", "PJPG", "HM12"])
    func aFormatThatNobodyReadsSafelyIsRefused(letters: String) throws {
        let layout = try ImageLayout(width: 64, height: 48, format: Self.format(letters))
        #expect(throws: ImagingError.foreignRefused(format: letters, reason: "no decoder for it")) {
            try decoded([1, 2, 3], layout)
        }
    }

    @Test func namesOfFormatsGoForthAndBack() throws {
        for format in PixelFormat.native { #expect(PixelFormat(rawValue: format.rawValue) == format) }
        #expect(try PixelFormat(rawValue: "Y16-BE") == Self.format("Y16-BE"))
        #expect(try Self.format("Y16-BE").rawValue == "Y16-BE")
        #expect(FourCC(letters: "Y10")?.code == 0x2030_3159)
        for bad in ["", "ABCDE", "A B", "ÄB", "-BE"] { #expect(PixelFormat(rawValue: bad) == nil, "\(bad)") }
    }
}
