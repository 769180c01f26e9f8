extension Image {
    /// The longest image file that is read: 256 MiB.
    package static let mostFileBytes = 256 << 20

    /// A JPEG or PNG file, told apart by content, as RGB.
    ///
    /// Grey and palette pictures are expanded, 16 bits rounded to 8, transparent pixels laid on black. The orientation
    /// in EXIF data is ignored: rows come as they are stored.
    ///
    /// Errors: `file` with the path and `fileUnreadable`, `fileTooLarge` or those of `init(decodingFile:)`.
    package init(contentsOf path: String) throws(ImagingError) {
        do {
            try self.init(decodingFile: FileBytes(contentsOf: path, most: Self.mostFileBytes).bytes)
        } catch {
            throw .file(path: path, error)
        }
    }

    /// The bytes of a JPEG or PNG file, as RGB. The header's size is checked before memory is taken for the pixels.
    ///
    /// Errors: `notAnImage`, `sizeRefused`, `damaged` (also for a truncated file), `fileTooLarge`.
    package init(decodingFile bytes: [UInt8]) throws(ImagingError) {
        guard bytes.count <= Self.mostFileBytes else {
            throw .fileTooLarge(byteCount: bytes.count, most: Self.mostFileBytes)
        }
        switch ImageFileKind(startOf: bytes.span) {
        case .jpeg:
            let stream = JPEGStream(bytes.span)
            let bytes = stream.repaired ?? bytes
            let decoder = try JPEGDecoder()
            let size = try decoder.size(of: bytes.span)
            self.init(blank: size)
            try decoder.decode(bytes.span, expecting: size, into: &pixels)
        case .png:
            var codec = PNGCodec()
            self = try codec.decode(bytes.span)
        case nil:
            throw .notAnImage(byteCount: bytes.count)
        }
    }

    /// A JPEG file of this picture; `quality` is 1 to 100.
    package func jpeg(quality: Int) throws(ImagingError) -> [UInt8] {
        let encoder = try JPEGEncoder()
        return try encoder.encode(self, quality: quality)
    }

    /// A PNG file of this picture, without loss.
    package func png() throws(ImagingError) -> [UInt8] {
        var codec = PNGCodec()
        return try codec.encode(self)
    }
}
