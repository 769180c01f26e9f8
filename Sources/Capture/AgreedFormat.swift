internal import CVideo4Linux
internal import Imaging

/// What a driver makes of the format it was asked for (`v4l2_format`), of one plane or of several.
struct AgreedFormat {
    let fourCC: FourCC
    let size: PixelSize

    /// The distance between two rows of each plane in memory of its own; 0 where the driver does not say.
    private let bytesPerRow: [Int]
    private let field: UInt32
    private let colours: DriverColours

    /// `VIDIOC_S_FMT`.
    init(
        asking descriptor: borrowing OwnedDescriptor, for fourCC: FourCC, _ size: PixelSize, type: v4l2_buf_type
    ) throws(CaptureError) {
        var format = unsafe v4l2_format()
        unsafe format.type = type.rawValue
        if type == V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE {
            unsafe format.fmt.pix_mp.width = UInt32(size.width)
            unsafe format.fmt.pix_mp.height = UInt32(size.height)
            unsafe format.fmt.pix_mp.pixelformat = fourCC.code
            unsafe format.fmt.pix_mp.field = V4L2_FIELD_NONE.rawValue
        } else {
            unsafe format.fmt.pix.width = UInt32(size.width)
            unsafe format.fmt.pix.height = UInt32(size.height)
            unsafe format.fmt.pix.pixelformat = fourCC.code
            unsafe format.fmt.pix.field = V4L2_FIELD_NONE.rawValue
        }
        try unsafe descriptor.request("VIDIOC_S_FMT", assay_VIDIOC_S_FMT, &format)
        unsafe self.init(format)
    }

    /// `VIDIOC_G_FMT`; nil when the driver does not answer.
    init?(readingFrom descriptor: borrowing OwnedDescriptor, type: v4l2_buf_type) {
        var format = unsafe v4l2_format()
        unsafe format.type = type.rawValue
        guard unsafe descriptor.outcome(of: assay_VIDIOC_G_FMT, &format) == nil else { return nil }
        unsafe self.init(format)
    }

    private init(_ format: v4l2_format) {
        guard unsafe format.type == V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE.rawValue else {
            let pixels = unsafe format.fmt.pix
            fourCC = FourCC(pixels.pixelformat)
            size = PixelSize(width: Int(pixels.width), height: Int(pixels.height))
            bytesPerRow = [Int(pixels.bytesperline)]
            field = pixels.field
            colours = DriverColours(
                colourSpace: pixels.colorspace, encoding: pixels.ycbcr_enc, quantization: pixels.quantization)
            return
        }
        let pixels = unsafe format.fmt.pix_mp
        fourCC = FourCC(pixels.pixelformat)
        size = PixelSize(width: Int(pixels.width), height: Int(pixels.height))
        let planes = pixels.plane_fmt
        bytesPerRow = [planes.0, planes.1, planes.2].prefix(Int(pixels.num_planes)).map { Int($0.bytesperline) }
        field = UInt32(pixels.field)
        colours = DriverColours(
            colourSpace: pixels.colorspace, encoding: UInt32(pixels.ycbcr_enc),
            quantization: UInt32(pixels.quantization))
    }

    /// Where the pixels lie; nil when we do not read the format, or the driver's numbers contradict themselves.
    var layout: ImageLayout? {
        guard let format = fourCC.format, bytesPerRow.count == (fourCC.hasSeparatePlanes ? format.planeCount : 1),
            isWholeFrame
        else { return nil }
        let rows = bytesPerRow.map { $0 == 0 || format.isCompressed ? nil : $0 }
        // Planes of one kind have one row length: two that differ are a fault.
        guard rows.count < 3 || rows[1] == rows[2] else { return nil }
        do throws(ImagingError) {
            return try ImageLayout(
                width: size.width, height: size.height, bytesPerRow: rows[0],
                chromaBytesPerRow: rows.count > 1 ? rows[1] : nil, hasSeparatePlanes: fourCC.hasSeparatePlanes,
                format: format)
        } catch {
            return nil
        }
    }

    /// Each buffer holds all rows from top to bottom: not one field, and not one field after the other.
    private var isWholeFrame: Bool {
        let whole = [
            V4L2_FIELD_ANY, V4L2_FIELD_NONE, V4L2_FIELD_INTERLACED, V4L2_FIELD_INTERLACED_TB, V4L2_FIELD_INTERLACED_BT,
        ]
        return whole.contains { $0.rawValue == field }
    }

    var encoding: ColourEncoding? { fourCC.format.map(colours.encoding) }
}
