/// What the chunks of a PNG file say before any of it is unpacked.
///
/// libpng stops reading at the last pixel and so does not miss the end of a file; this does.
struct PNGHeader {
    /// Within the limits of `PixelSize`.
    let size: PixelSize

    /// Walks all chunks from IHDR to IEND. Errors: `notAnImage`, `damaged`, `sizeRefused`.
    init(_ bytes: Span<UInt8>) throws(ImagingError) {
        guard ImageFileKind(startOf: bytes) == .png else { throw .notAnImage(byteCount: bytes.count) }
        guard bytes.count >= 33, Self.word(bytes, at: 8) == 13, Self.word(bytes, at: 12) == Self.imageHeader else {
            throw .damaged(.png, reason: "no image header")
        }
        size = try PixelSize(width: Int(Self.word(bytes, at: 16)), height: Int(Self.word(bytes, at: 20))).checked()

        var position = 8
        while true {
            // length, type and check sum are 12 bytes
            guard position + 12 <= bytes.count else {
                throw .damaged(.png, reason: "the file ends after \(bytes.count) bytes, before the image does")
            }
            let length = Int(Self.word(bytes, at: position))
            if Self.word(bytes, at: position + 4) == Self.imageEnd { return }
            position += 12 + length
        }
    }

    private static let imageHeader: UInt32 = 0x4948_4452
    private static let imageEnd: UInt32 = 0x4945_4E44

    private static func word(_ bytes: Span<UInt8>, at position: Int) -> UInt32 {
        UInt32(bytes[position]) << 24 | UInt32(bytes[position + 1]) << 16 | UInt32(bytes[position + 2]) << 8
            | UInt32(bytes[position + 3])
    }
}
