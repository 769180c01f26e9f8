import Imaging
import Inference
import InferenceRuntime
import Testing

/// The real bundle that the set-up makes. A test that needs it fails without it, and says what to do.
enum DefaultBundle {
    static func directory() throws -> String {
        let directory = try #require(CacheFolder.defaultBundle, "HOME and ASSAY_CACHE are both unset")
        do {
            _ = try ModelBundle(opening: directory)
        } catch {
            Issue.record("\(error) These tests need the set-up: run Tools/setup.sh")
            throw error
        }
        return directory
    }

    /// A picture with some structure: discs of several colours on a shaded ground.
    static func picture(_ size: PixelSize = PixelSize(width: 512, height: 512), seed: Int = 1) -> Image {
        var pixels = [UInt8](repeating: 0, count: size.pixelCount * 3)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let column = (x + 17 * seed) % 128 - 64
                let row = (y + 31 * seed) % 128 - 64
                let isDisc = column * column + row * row < 40 * 40
                let shade = 60 + (x + y) * 60 / (size.width + size.height)
                let start = (y * size.width + x) * 3
                pixels[start] = UInt8(isDisc ? 200 - shade / 2 : shade)
                pixels[start + 1] = UInt8(isDisc ? 60 + (x / 128 * 40) % 120 : shade)
                pixels[start + 2] = UInt8(isDisc ? 40 + (y / 128 * 60) % 150 : shade)
            }
        }
        return Image(width: size.width, height: size.height, pixels: pixels)
    }
}
