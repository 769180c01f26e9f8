import Imaging
import Testing

@Suite struct ImageLayoutTests {
    @Test(arguments: [(0, 10), (10, 0), (-1, 10), (16_385, 1), (1, 16_385), (16_384, 16_384), (Int.max, Int.max)])
    func anEmptyOrAbsurdSizeIsRefused(width: Int, height: Int) {
        #expect(throws: ImagingError.sizeRefused(width: width, height: height)) {
            try ImageLayout(width: width, height: height, format: .grey)
        }
    }

    @Test func theLargestSizeIsAccepted() throws {
        _ = try ImageLayout(width: 16_000, height: 4_000, format: .rgb24)
        _ = try ImageLayout(width: 16_384, height: 3_906, format: .nv12)
    }

    @Test(arguments: [(PixelFormat.yuyv, 20), (.uyvy, 20), (.nv12, 10), (.grey, 9), (.rgb24, 27), (.bgr24, 27)])
    func aRowShorterThanItsPixelsIsRefused(format: PixelFormat, least: Int) throws {
        let layout = try ImageLayout(width: 9, height: 4, format: format)
        #expect(layout.bytesPerRow == least)
        for bytesPerRow in [least - 1, 0, -1, Int.min, Int.max] {
            #expect(throws: ImagingError.self) {
                try ImageLayout(width: 9, height: 4, bytesPerRow: bytesPerRow, format: format)
            }
        }
    }

    @Test func theNeededByteCountLeavesOutThePaddingOfTheLastRow() throws {
        #expect(try ImageLayout(width: 5, height: 3, bytesPerRow: 16, format: .yuyv).neededByteCount == 44)
        #expect(try ImageLayout(width: 5, height: 3, bytesPerRow: 16, format: .nv12).neededByteCount == 70)
        #expect(try ImageLayout(width: 5, height: 3, bytesPerRow: 16, format: .rgb24).neededByteCount == 47)
        #expect(try ImageLayout(width: 5, height: 3, format: .mjpeg).neededByteCount == 1)
    }
}
