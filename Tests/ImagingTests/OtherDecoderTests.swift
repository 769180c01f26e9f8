import Foundation
import Imaging
import Testing

/// Frames as another library decodes them; `Tools/fixtures/frame_formats.py` makes the file.
@Suite struct OtherDecoderTests {
    private struct Fixture: Decodable {
        struct Frame: Decodable {
            let format: String
            let width: Int
            let height: Int
            let frame: Data
            let rgb: Data
        }

        let frames: [Frame]
    }

    @Test func framesComeOutAsOpenCVHasThemWithinOneLevel() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/frame-formats.json")
        let frames = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file)).frames
        #expect(frames.count == 9)
        for frame in frames {
            let format = try #require(PixelFormat(rawValue: frame.format))
            let layout = try ImageLayout(width: frame.width, height: frame.height, format: format)
            let image = try decoded([UInt8](frame.frame), layout)
            try #require(image.pixels.count == frame.rgb.count)
            let worst = zip(image.pixels, frame.rgb).map { abs(Int($0) - Int($1)) }.max()
            #expect(try #require(worst) <= 1, "\(frame.format)")
        }
    }
}
