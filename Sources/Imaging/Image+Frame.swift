extension Image {
    /// A camera frame as RGB.
    ///
    /// Errors: `frameTooShort`, and for `mjpeg` `damaged`, `notAnImage`, `sizeDiffers`.
    package init(
        decoding bytes: UnsafeRawBufferPointer, layout: ImageLayout, encoding: ColourEncoding = .bt601Limited
    ) throws(ImagingError) {
        self.init(blank: layout.size)
        unsafe try decode(bytes, layout: layout, encoding: encoding)
    }

    /// Replaces this picture by a camera frame; memory is reused if the size stays.
    ///
    /// After an error the pixels are undefined, but valid.
    package mutating func decode(
        _ bytes: UnsafeRawBufferPointer, layout: ImageLayout, encoding: ColourEncoding = .bt601Limited
    ) throws(ImagingError) {
        guard bytes.count >= layout.neededByteCount else {
            throw .frameTooShort(byteCount: bytes.count, needed: layout.neededByteCount)
        }
        if size != layout.size { self = Image(blank: layout.size) }
        // unsafe: the caller keeps the bytes until we return, and the span does not leave this function
        let source = unsafe Span<UInt8>(_unsafeBytes: bytes)
        switch layout.format {
        case .yuyv, .uyvy: decodeInterleaved(source, layout: layout, matrix: ColourMatrix(encoding))
        case .nv12: decodePlanes(source, layout: layout, matrix: ColourMatrix(encoding))
        case .grey: decodeGrey(source, layout: layout)
        case .rgb24: decodePacked(source, layout: layout, redAt: 0)
        case .bgr24: decodePacked(source, layout: layout, redAt: 2)
        case .mjpeg: try decodeJPEG(source, expecting: layout.size)
        }
    }

    private mutating func decodeInterleaved(_ source: Span<UInt8>, layout: ImageLayout, matrix: ColourMatrix) {
        var target = pixels.mutableSpan
        let isLumaFirst = layout.format == .yuyv
        for y in 0..<layout.height {
            let start = y * layout.bytesPerRow
            let chroma = isLumaFirst ? start + 1 : start
            let row = ColourMatrix.Row(
                luma: isLumaFirst ? start : start + 1, lumaStep: 2, u: chroma, v: chroma + 2, chromaStep: 4)
            matrix.convert(row, of: source, width: layout.width, into: &target, at: y * layout.width * 3)
        }
    }

    private mutating func decodePlanes(_ source: Span<UInt8>, layout: ImageLayout, matrix: ColourMatrix) {
        var target = pixels.mutableSpan
        for y in 0..<layout.height {
            let chroma = (layout.height + y / 2) * layout.bytesPerRow
            let row = ColourMatrix.Row(
                luma: y * layout.bytesPerRow, lumaStep: 1, u: chroma, v: chroma + 1, chromaStep: 2)
            matrix.convert(row, of: source, width: layout.width, into: &target, at: y * layout.width * 3)
        }
    }

    private mutating func decodeGrey(_ source: Span<UInt8>, layout: ImageLayout) {
        var target = pixels.mutableSpan
        for y in 0..<layout.height {
            let row = source.extracting(y * layout.bytesPerRow..<y * layout.bytesPerRow + layout.width)
            let start = y * layout.width * 3
            for x in row.indices {
                let grey = row[x]
                target[start &+ 3 &* x] = grey
                target[start &+ 3 &* x &+ 1] = grey
                target[start &+ 3 &* x &+ 2] = grey
            }
        }
    }

    private mutating func decodePacked(_ source: Span<UInt8>, layout: ImageLayout, redAt red: Int) {
        var target = pixels.mutableSpan
        for y in 0..<layout.height {
            let row = source.extracting(y * layout.bytesPerRow..<y * layout.bytesPerRow + layout.width * 3)
            let start = y * layout.width * 3
            for x in 0..<layout.width {
                target[start &+ 3 &* x] = row[3 &* x &+ red]
                target[start &+ 3 &* x &+ 1] = row[3 &* x &+ 1]
                target[start &+ 3 &* x &+ 2] = row[3 &* x &+ 2 &- red]
            }
        }
    }

    private mutating func decodeJPEG(_ source: Span<UInt8>, expecting size: PixelSize) throws(ImagingError) {
        let decoder = try JPEGDecoder()
        let stream = JPEGStream(source)
        if let repaired = stream.repaired {
            try decoder.decode(repaired.span, expecting: size, into: &pixels)
        } else {
            try decoder.decode(source, expecting: size, into: &pixels)
        }
    }

    /// A black picture.
    init(blank size: PixelSize) {
        self.init(
            width: size.width, height: size.height, pixels: [UInt8](repeating: 0, count: size.pixelCount * 3))
    }
}
