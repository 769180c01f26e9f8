/// An owned picture: 8-bit red, green, blue, interleaved, rows without padding, top row first.
package struct Image: Equatable, Sendable {
    package let width: Int
    package let height: Int

    /// `width * height * 3` bytes.
    package var pixels: [UInt8]

    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    package var size: PixelSize { PixelSize(width: width, height: height) }
}
