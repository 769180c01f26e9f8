internal import CV4LConvert

/// libv4lconvert, for formats that we do not decode ourselves.
///
/// Its colours are its own: it takes luma for full range and BT.601 whatever the camera says.
@safe struct ForeignConverter: ~Copyable {
    private let data: OpaquePointer

    /// A copy of the frame: the library may write to it, and some of its decoders read past the end of a damaged one.
    private var copy: [UInt8] = []

    /// More bytes a pixel than any of its decoders reads.
    private static let mostBytesPerPixel = 4

    init() throws(ImagingError) {
        guard let data = unsafe assay_v4lconvert_create() else {
            throw .foreignRefused(format: "", reason: "no memory for libv4lconvert")
        }
        unsafe self.data = unsafe data
    }

    deinit { unsafe v4lconvert_destroy(data) }

    /// Writes the picture to `pixels`.
    ///
    /// - Precondition: `source` has what `layout` needs, and `pixels` what its size needs.
    mutating func convert(
        _ source: Span<UInt8>, _ fourCC: FourCC, _ layout: ImageLayout, into pixels: inout [UInt8]
    ) throws(ImagingError) {
        guard let format = ForeignFormat(fourCC) else {
            throw .foreignRefused(format: fourCC.description, reason: "no decoder for it")
        }
        let row = format.leastBytesPerRow(width: layout.width)
        let count = row > 0 ? row * layout.height : min(source.count, Int(Int32.max))
        fill(from: source, row: row, layout: layout, count: count)

        var from = unsafe Self.format(layout, fourCC.code)
        unsafe from.fmt.pix.bytesperline = UInt32(row > 0 ? row : layout.width)
        unsafe from.fmt.pix.sizeimage = UInt32(count)
        var to = unsafe Self.format(layout, assay_V4L2_PIX_FMT_RGB24)
        unsafe to.fmt.pix.bytesperline = UInt32(layout.width * 3)
        unsafe to.fmt.pix.sizeimage = UInt32(pixels.count)
        let written = unsafe copy.withUnsafeMutableBufferPointer { frame in
            unsafe pixels.withUnsafeMutableBufferPointer { pixels in
                unsafe v4lconvert_convert(
                    data, &from, &to, frame.baseAddress, Int32(count), pixels.baseAddress, Int32(pixels.count))
            }
        }
        guard Int(written) == pixels.count else {
            let reason = written < 0 ? unsafe String(cString: v4lconvert_get_error_message(data)) : "half a picture"
            throw .foreignRefused(
                format: fourCC.description, reason: reason.split(separator: "\n").first.map(String.init) ?? "damaged")
        }
    }

    /// Copies the frame, its rows without padding, with zeros behind it.
    private mutating func fill(from source: Span<UInt8>, row: Int, layout: ImageLayout, count: Int) {
        let capacity = max(count, layout.size.pixelCount * Self.mostBytesPerPixel) + 4096
        if copy.count != capacity { copy = [UInt8](repeating: 0, count: capacity) }
        let rows = row > 0 ? layout.height : 1
        let length = row > 0 ? row : count
        for y in 0..<rows {
            let from = y * layout.bytesPerRow
            for x in 0..<length { copy[y * length + x] = source[from + x] }
        }
        for index in count..<capacity { copy[index] = 0 }
    }

    private static func format(_ layout: ImageLayout, _ code: UInt32) -> v4l2_format {
        var format = unsafe v4l2_format()
        unsafe format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        unsafe format.fmt.pix.width = UInt32(layout.width)
        unsafe format.fmt.pix.height = UInt32(layout.height)
        unsafe format.fmt.pix.pixelformat = code
        unsafe format.fmt.pix.field = V4L2_FIELD_NONE.rawValue
        return unsafe format
    }
}
