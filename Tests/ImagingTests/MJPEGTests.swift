import Imaging
import Testing

@Suite struct MJPEGTests {
    static let picture = Samples.gradient(48, 40)

    static func layout() throws(ImagingError) -> ImageLayout {
        try ImageLayout(width: 48, height: 40, format: .mjpeg)
    }

    /// The marker segments before the scan, as (marker, start, end).
    static func segments(of jpeg: [UInt8]) -> [(marker: UInt8, range: Range<Int>)] {
        var segments: [(marker: UInt8, range: Range<Int>)] = []
        var position = 2
        while position + 4 <= jpeg.count {
            let length = Int(jpeg[position + 2]) << 8 | Int(jpeg[position + 3])
            segments.append((jpeg[position + 1], position..<position + 2 + length))
            if jpeg[position + 1] == 0xDA { break }
            position += 2 + length
        }
        return segments
    }

    static func withoutTables(_ jpeg: [UInt8]) -> [UInt8] {
        var stripped = jpeg
        for segment in segments(of: jpeg).reversed() where segment.marker == 0xC4 {
            stripped.removeSubrange(segment.range)
        }
        return stripped
    }

    @Test(arguments: [40, 95]) func aFrameDecodesLikeTheFile(quality: Int) throws {
        let jpeg = try Self.picture.jpeg(quality: quality)
        #expect(try decoded(jpeg, Self.layout()) == Image(decodingFile: jpeg))
    }

    @Test(arguments: [40, 95]) func missingHuffmanTablesAreThoseOfTheStandard(quality: Int) throws {
        let jpeg = try Samples.noise(48, 40, seed: 5).jpeg(quality: quality)
        let stripped = Self.withoutTables(jpeg)
        #expect(stripped.count < jpeg.count - 400)
        #expect(try decoded(stripped, Self.layout()) == Image(decodingFile: jpeg))
    }

    @Test func surplusBytesBetweenSegmentsAndBeforeTheEndAreSkipped() throws {
        let jpeg = try Self.picture.jpeg(quality: 80)
        let whole = try Image(decodingFile: jpeg)
        for segment in Self.segments(of: jpeg) {
            var padded = jpeg
            padded.insert(contentsOf: [0, 0, 17], at: segment.range.lowerBound)
            #expect(try decoded(padded, Self.layout()) == whole, "before \(segment.marker)")
        }
        var padded = jpeg
        padded.insert(contentsOf: [UInt8](repeating: 0, count: 9), at: jpeg.count - 2)
        #expect(try decoded(padded, Self.layout()) == whole)
        #expect(try decoded(jpeg + [UInt8](repeating: 0, count: 999), Self.layout()) == whole)
    }

    @Test func aMeaninglessSpectralSelectionIsOverlooked() throws {
        var jpeg = try Self.picture.jpeg(quality: 80)
        let whole = try Image(decodingFile: jpeg)
        let scan = try #require(Self.segments(of: jpeg).last)
        jpeg[scan.range.upperBound - 2] = 0
        #expect(try decoded(jpeg, Self.layout()) == whole)
    }

    @Test func aFrameOfAnotherSizeIsRefused() throws {
        let jpeg = try Samples.gradient(40, 48).jpeg(quality: 80)
        let expected = ImagingError.sizeDiffers(
            found: PixelSize(width: 40, height: 48), expected: PixelSize(width: 48, height: 40))
        #expect(throws: expected) { try decoded(jpeg, Self.layout()) }
    }

    @Test func aTruncatedFrameIsRefusedWhereverItEnds() throws {
        let jpeg = try Self.picture.jpeg(quality: 80)
        for bytes in [jpeg, Self.withoutTables(jpeg)] {
            for count in 0..<bytes.count - 2 {
                #expect(throws: ImagingError.self, "\(count) of \(bytes.count) bytes") {
                    try decoded([UInt8](bytes[..<count]), Self.layout())
                }
            }
        }
    }

    @Test(arguments: [40, 95]) func aMissingEndMarkerIsNoFault(quality: Int) throws {
        for picture in [Self.picture, Samples.noise(48, 40, seed: 7)] {
            let jpeg = try picture.jpeg(quality: quality)
            let whole = try Image(decodingFile: jpeg)
            for zeros in [0, 1, 2, 500] {
                let bytes = [UInt8](jpeg.dropLast(2)) + [UInt8](repeating: 0, count: zeros)
                #expect(try decoded(bytes, Self.layout()) == whole, "\(zeros) zeros")
            }
        }
    }

    @Test func aTruncatedFrameFilledUpWithZerosIsRefused() throws {
        let jpeg = try Samples.noise(48, 40, seed: 8).jpeg(quality: 80)
        let scan = try #require(Self.segments(of: jpeg).last).range.upperBound
        for count in scan..<jpeg.count - 2 {
            for zeros in [1, 3, 400] {
                #expect(throws: ImagingError.self, "\(count) of \(jpeg.count) bytes, \(zeros) zeros") {
                    try decoded([UInt8](jpeg[..<count]) + [UInt8](repeating: 0, count: zeros), Self.layout())
                }
            }
        }
    }

    /// A decoder that lost its place seldom ends with the data: only leftovers of some bytes escape it.
    @Test func aFrameThatLacksAPacketInItsMiddleIsRefused() throws {
        let layout = try ImageLayout(width: 320, height: 240, format: .mjpeg)
        let jpeg = try Samples.noise(320, 240, seed: 9).jpeg(quality: 60)
        let scan = try #require(Self.segments(of: jpeg).last).range.upperBound
        var taken = 0
        var tried = 0
        for start in stride(from: scan + 8, to: jpeg.count - 2000, by: 997) {
            tried += 1
            let bytes = [UInt8](jpeg[..<start]) + jpeg[(start + 512)...]
            if Result(catching: { try decoded(bytes, layout) }).success != nil { taken += 1 }
        }
        #expect(tried > 20 && taken * 10 <= tried, "\(taken) of \(tried)")
    }

    @Test func dataLeftOverAtTheEndIsNoPadding() throws {
        let jpeg = try Self.picture.jpeg(quality: 80)
        let surplus = (0..<40).map { UInt8($0 * 5) }
        #expect(throws: ImagingError.self) {
            try decoded([UInt8](jpeg.dropLast(2)) + surplus + [0xFF, 0xD9], Self.layout())
        }
    }

    @Test func aFrameCutShortButEndedByAMarkerIsRefused() throws {
        let jpeg = try Samples.noise(48, 40, seed: 6).jpeg(quality: 80)
        let scan = try #require(Self.segments(of: jpeg).last).range.upperBound
        for count in stride(from: scan, to: jpeg.count - 16, by: 7) {
            #expect(throws: ImagingError.self, "\(count) of \(jpeg.count) bytes") {
                try decoded([UInt8](jpeg[..<count]) + [0xFF, 0xD9], Self.layout())
            }
        }
    }

    @Test func damagedFramesNeitherCrashNorChangeTheSize() throws {
        let jpeg = try Self.picture.jpeg(quality: 80)
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            var bytes = jpeg
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                bytes[Int.random(in: 2..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if let image = Result(catching: { try decoded(bytes, Self.layout()) }).success {
                #expect(image.size == Self.picture.size)
            }
        }
    }
}

extension Result {
    var success: Success? {
        if case .success(let value) = self { return value }
        return nil
    }
}
