/// Turns camera frames into pictures, with the codecs and the memory that this takes; one a thread.
package struct FrameDecoder: ~Copyable {
    private var block = PairBlock()
    private var foreign: ForeignConverter?
    private var unturned = Image(width: 1, height: 1, pixels: [0, 0, 0])

    package init() {}

    /// Replaces `image` by a camera frame, turned; memory is reused if the size stays.
    ///
    /// After an error the pixels are undefined, but valid. Errors: `frameTooShort`, and for compressed formats `damaged`,
    /// `notAnImage`, `sizeDiffers`, `foreignRefused`.
    ///
    /// - Parameter encoding: nil for the one usual for the format.
    package mutating func decode(
        _ pieces: FramePieces, layout: ImageLayout, encoding: ColourEncoding? = nil,
        orientation: Orientation = .upright, into image: inout Image
    ) throws(ImagingError) {
        guard orientation != .upright else {
            return unsafe try decode(pieces, layout: layout, encoding: encoding, into: &image)
        }
        var picture = Image(width: 1, height: 1, pixels: [0, 0, 0])
        swap(&picture, &unturned)
        defer { swap(&picture, &unturned) }
        unsafe try decode(pieces, layout: layout, encoding: encoding, into: &picture)
        picture.turn(orientation, into: &image)
    }

    private mutating func decode(
        _ pieces: FramePieces, layout: ImageLayout, encoding: ColourEncoding?, into image: inout Image
    ) throws(ImagingError) {
        unsafe try pieces.check(against: layout)
        if image.size != layout.size { image = Image(blank: layout.size) }
        let encoding = encoding ?? layout.format.usualEncoding
        // unsafe: the caller keeps the bytes until we return, and the spans do not leave this function
        let source = unsafe Span<UInt8>(_unsafeBytes: pieces.first)
        switch layout.format {
        case .yuyv, .uyvy, .yvyu, .vyuy:
            decodeInterleaved(source, layout, ColourMatrix(encoding), into: &image)
        case .nv12, .nv21, .nv16, .nv61:
            let chroma = unsafe Span<UInt8>(_unsafeBytes: pieces.plane(1, of: layout))
            decodePairs(source, chroma, layout, ColourMatrix(encoding), into: &image)
        case .yuv420, .yvu420, .yuv422p:
            let second = unsafe Span<UInt8>(_unsafeBytes: pieces.plane(1, of: layout))
            let third = unsafe Span<UInt8>(_unsafeBytes: pieces.plane(2, of: layout))
            if layout.format.isChromaSwapped {
                decodePlanes(source, u: third, v: second, layout, ColourMatrix(encoding), into: &image)
            } else {
                decodePlanes(source, u: second, v: third, layout, ColourMatrix(encoding), into: &image)
            }
        case .grey, .y10, .y12, .y16:
            image.copyGrey(source, layout: layout)
            if encoding.range == .limited { image.stretchLimitedRange() }
        case .rgb24, .bgr24:
            image.copyPacked(source, layout: layout)
            if encoding.range == .limited { image.stretchLimitedRange() }
        case .bggr8, .gbrg8, .grbg8, .rggb8:
            decodeColourFilter(source, layout, into: &image)
        case .mjpeg:
            try decodeJPEG(source, into: &image)
        case .foreign(let fourCC):
            try decodeForeign(source, fourCC, layout, into: &image)
        }
    }

    private mutating func decodeInterleaved(
        _ source: Span<UInt8>, _ layout: ImageLayout, _ matrix: ColourMatrix, into image: inout Image
    ) {
        let order = PairBlock.Order(layout.format)
        var target = image.pixels.mutableSpan
        for y in 0..<layout.height {
            forEachBlock(of: layout.width) { block, x, width in
                let count = (width + 1) / 2
                block.readInterleaved(source, at: y * layout.bytesPerRow + 2 * x, count: count, order: order)
                block.convert(count: count, by: matrix)
                block.write(width, to: &target, at: (y * layout.width + x) * 3)
            }
        }
    }

    private mutating func decodePairs(
        _ luma: Span<UInt8>, _ chroma: Span<UInt8>, _ layout: ImageLayout, _ matrix: ColourMatrix,
        into image: inout Image
    ) {
        let isSwapped = layout.format.isChromaSwapped
        var target = image.pixels.mutableSpan
        for y in 0..<layout.height {
            let row = y / layout.format.rowsPerChromaRow * layout.chromaBytesPerRow
            forEachBlock(of: layout.width) { block, x, width in
                let count = (width + 1) / 2
                block.readLuma(luma, at: y * layout.bytesPerRow + x, width: width)
                block.readChromaPairs(chroma, at: row + x, count: count, isSwapped: isSwapped)
                block.convert(count: count, by: matrix)
                block.write(width, to: &target, at: (y * layout.width + x) * 3)
            }
        }
    }

    private mutating func decodePlanes(
        _ luma: Span<UInt8>, u: Span<UInt8>, v: Span<UInt8>, _ layout: ImageLayout, _ matrix: ColourMatrix,
        into image: inout Image
    ) {
        var target = image.pixels.mutableSpan
        for y in 0..<layout.height {
            let row = y / layout.format.rowsPerChromaRow * layout.chromaBytesPerRow
            forEachBlock(of: layout.width) { block, x, width in
                let count = (width + 1) / 2
                block.readLuma(luma, at: y * layout.bytesPerRow + x, width: width)
                block.readChroma(u: u, v: v, at: row + x / 2, count: count)
                block.convert(count: count, by: matrix)
                block.write(width, to: &target, at: (y * layout.width + x) * 3)
            }
        }
    }

    private mutating func decodeColourFilter(_ source: Span<UInt8>, _ layout: ImageLayout, into image: inout Image) {
        var target = image.pixels.mutableSpan
        forEachBlock(of: layout.width) { block, x, width in
            let pairs = x / 2..<(x + width + 1) / 2
            func push(_ y: Int) {
                let row = PairBlock.mirrored(y, in: layout.height) * layout.bytesPerRow
                block.push(source, at: row, width: layout.width, pairs: pairs)
            }
            for y in -2..<2 { push(y) }
            for y in 0..<layout.height {
                push(y + 2)
                block.interpolate(count: pairs.count, PairBlock.FilterRow(y, of: layout.format))
                block.write(width, to: &target, at: (y * layout.width + x) * 3)
            }
        }
    }

    /// Calls `body` with the start and the width of each part of a row that a block holds.
    @inline(__always)
    private mutating func forEachBlock(of width: Int, _ body: (inout PairBlock, Int, Int) -> Void) {
        var x = 0
        while x < width {
            let part = min(2 * PairBlock.capacity, width - x)
            body(&block, x, part)
            x += part
        }
    }

    private func decodeJPEG(_ source: Span<UInt8>, into image: inout Image) throws(ImagingError) {
        // A decoder of its own for each picture: one that is used again would lend a damaged picture the tables of
        // the picture before.
        let decoder = try JPEGDecoder()
        let size = image.size
        if let repaired = JPEGStream(source).repaired {
            try decoder.decode(repaired.span, expecting: size, into: &image.pixels)
        } else {
            try decoder.decode(source, expecting: size, into: &image.pixels)
        }
    }

    private mutating func decodeForeign(
        _ source: Span<UInt8>, _ fourCC: FourCC, _ layout: ImageLayout, into image: inout Image
    ) throws(ImagingError) {
        if foreign == nil { foreign = try ForeignConverter() }
        try foreign?.convert(source, fourCC, layout, into: &image.pixels)
    }
}
