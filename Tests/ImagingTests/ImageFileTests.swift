import Glibc
import Imaging
import Testing

@Suite struct ImageFileTests {
    @Test(arguments: [(1, 1), (3, 7), (64, 48), (255, 2)]) func pngKeepsEveryPixel(width: Int, height: Int) throws {
        let image = Samples.noise(width, height, seed: 1)
        #expect(try Image(decodingFile: image.png()) == image)
    }

    @Test func jpegKeepsSoftPicturesWithinFewSteps() throws {
        let image = Samples.gradient(101, 67)
        #expect(try largestDifference(Image(decodingFile: image.jpeg(quality: 95)), image) <= 8)
        #expect(try image.jpeg(quality: 30).count < image.jpeg(quality: 95).count)
    }

    @Test(arguments: [0, -1, 101, Int.max]) func aQualityOutsideItsRangeIsRefused(quality: Int) {
        #expect(throws: ImagingError.qualityRefused(quality)) { try Samples.gradient(4, 4).jpeg(quality: quality) }
    }

    @Test func truncatedFilesAreRefusedWhereverTheyEnd() throws {
        let image = Samples.gradient(24, 16)
        for file in [try image.jpeg(quality: 75), try image.png(), try Samples.noise(24, 16, seed: 2).png()] {
            // Without its end marker a JPEG picture is still whole.
            let markerBytes = file.first == 0xFF ? 2 : 0
            for count in 0..<file.count - markerBytes {
                #expect(throws: ImagingError.self, "\(count) of \(file.count) bytes") {
                    try Image(decodingFile: [UInt8](file[..<count]))
                }
            }
        }
    }

    @Test func hugeSizesInHeadersAreRefusedBeforeMemoryIsTaken() throws {
        for (width, height) in [(100_000, 100_000), (16_385, 1), (16_000, 16_000), (0, 5), (0x7FFF_FFFF, 0x7FFF_FFFF)] {
            let png = PNGFixture.file(width: width, height: height, depth: 8, colour: 2, rows: [[0]])
            #expect(throws: ImagingError.sizeRefused(width: width, height: height)) { try Image(decodingFile: png) }
        }
        var jpeg = try Samples.gradient(16, 16).jpeg(quality: 75)
        let frame = try #require(MJPEGTests.segments(of: jpeg).first { $0.marker == 0xC0 })
        for index in [5, 7] { jpeg[frame.range.lowerBound + index] = 0xF0 }
        #expect(throws: ImagingError.sizeRefused(width: 61_456, height: 61_456)) { try Image(decodingFile: jpeg) }
        jpeg[frame.range.lowerBound + 5] = 0x3E
        jpeg[frame.range.lowerBound + 7] = 0x3E
        #expect(throws: ImagingError.self) { try Image(decodingFile: jpeg) }
    }

    @Test func otherBytesAreNotAnImage() {
        for bytes in [[], [0xFF], [0x89, 0x50, 0x4E], [UInt8]("GIF89a....".utf8)] as [[UInt8]] {
            #expect(throws: ImagingError.notAnImage(byteCount: bytes.count)) { try Image(decodingFile: bytes) }
        }
    }

    @Test func garbageBehindARightBeginningNeverCrashes() throws {
        var generator = SeededGenerator(seed: 7)
        let png = try Samples.gradient(24, 16).png()
        for _ in 0..<1000 {
            let garbage = generator.bytes(Int.random(in: 0...300, using: &generator))
            #expect(throws: ImagingError.self) { try Image(decodingFile: [0xFF, 0xD8, 0xFF] + garbage) }
            #expect(throws: ImagingError.self) { try Image(decodingFile: [UInt8](png[..<8]) + garbage) }
            #expect(throws: ImagingError.self) { try Image(decodingFile: [UInt8](png[..<33]) + garbage) }
            var damaged = png
            damaged[Int.random(in: 8..<png.count, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            _ = Result { try Image(decodingFile: damaged) }.success
        }
    }

    @Test func greyAndPalettePNGBecomeRGB() throws {
        let grey = PNGFixture.file(width: 2, height: 2, depth: 8, colour: 0, rows: [[0, 100], [200, 255]])
        #expect(
            try Image(decodingFile: grey).pixels == [0, 0, 0, 100, 100, 100, 200, 200, 200, 255, 255, 255])
        let palette = PNGFixture.file(
            width: 3, height: 1, depth: 8, colour: 3, palette: [10, 20, 30, 40, 50, 60], rows: [[1, 0, 1]])
        #expect(try Image(decodingFile: palette).pixels == [40, 50, 60, 10, 20, 30, 40, 50, 60])
        let bilevel = PNGFixture.file(width: 3, height: 1, depth: 1, colour: 0, rows: [[0b1010_0000]])
        #expect(try Image(decodingFile: bilevel).pixels == [255, 255, 255, 0, 0, 0, 255, 255, 255])
    }

    @Test func sixteenBitPNGIsRoundedToEight() throws {
        let row: [UInt8] = [0x12, 0x00, 0x80, 0x80, 0xFF, 0xFF, 0x00, 0x10, 0x40, 0xC0, 0x01, 0x01]
        let deep = PNGFixture.file(width: 2, height: 1, depth: 16, colour: 2, rows: [row])
        let values = try Image(decodingFile: deep).pixels
        let exact = stride(from: 0, to: row.count, by: 2).map { (Double(row[$0]) * 256 + Double(row[$0 + 1])) / 257 }
        for (value, exact) in zip(values, exact) { #expect(abs(Double(value) - exact) <= 1) }
    }

    @Test func transparentPixelsLieOnBlack() throws {
        let row: [UInt8] = [200, 100, 50, 255, 200, 100, 50, 0]
        let translucent = PNGFixture.file(width: 2, height: 1, depth: 8, colour: 6, rows: [row])
        #expect(try Image(decodingFile: translucent).pixels == [200, 100, 50, 0, 0, 0])
    }

    @Test func greyJPEGBecomesRGB() throws {
        let pixels = try Image(decodingFile: JPEGFixture.grey).pixels
        #expect(pixels.count == 8 * 8 * 3)
        #expect(Set(pixels).count == 1)
    }

    @Test func filesAreToldByContentNotByName() throws {
        let image = Samples.noise(9, 9, seed: 4)
        let path = try TemporaryFile.write(image.png(), name: "really-a.jpg")
        defer { TemporaryFile.remove(path) }
        #expect(try Image(contentsOf: path) == image)
    }

    @Test func anUnreadableFileIsNamed() throws {
        let missing = "/nonexistent/picture.png"
        #expect(throws: ImagingError.file(path: missing, .fileUnreadable(errno: ENOENT))) {
            try Image(contentsOf: missing)
        }
        #expect(
            "\(ImagingError.file(path: missing, .fileUnreadable(errno: ENOENT)))".hasPrefix(
                "/nonexistent/picture.png: "))
        #expect(throws: ImagingError.file(path: "/tmp", .fileNotRegular)) { try Image(contentsOf: "/tmp") }
        #expect(throws: ImagingError.file(path: "/dev/zero", .fileNotRegular)) { try Image(contentsOf: "/dev/zero") }

        let empty = try TemporaryFile.write([], name: "empty.png")
        defer { TemporaryFile.remove(empty) }
        #expect(throws: ImagingError.file(path: empty, .notAnImage(byteCount: 0))) { try Image(contentsOf: empty) }
    }

    @Test func aFileBeyondTheLimitIsRefusedUnread() throws {
        let path = try TemporaryFile.write([], name: "sparse.png")
        defer { TemporaryFile.remove(path) }
        let byteCount = Image.mostFileBytes + 1
        #expect(unsafe truncate(path, byteCount) == 0)
        #expect(throws: ImagingError.file(path: path, .fileTooLarge(byteCount: byteCount, most: Image.mostFileBytes))) {
            try Image(contentsOf: path)
        }
    }
}
