extension PixelSize {
    /// The longest side of a picture we hold.
    package static let longestSide = 16_384

    /// The most pixels of a picture we hold: 64 megapixels, 192 MB as RGB.
    package static let mostPixels = 64_000_000

    /// This size, if it is neither empty nor beyond the limits.
    ///
    /// Call it on every size that comes from outside before anything is allocated or multiplied.
    package func checked() throws(ImagingError) -> PixelSize {
        guard width > 0, height > 0, width <= Self.longestSide, height <= Self.longestSide,
            width * height <= Self.mostPixels
        else { throw .sizeRefused(width: width, height: height) }
        return self
    }
}
