internal import CVideo4Linux
internal import Imaging

/// What a driver says of its colours, with V4L2's defaults for what it leaves open (`V4L2_MAP_YCBCR_ENC_DEFAULT`,
/// `V4L2_MAP_QUANTIZATION_DEFAULT`).
struct DriverColours {
    let colourSpace: UInt32
    let encoding: UInt32
    let quantization: UInt32

    func encoding(of format: PixelFormat) -> ColourEncoding {
        // A JPEG picture says for itself, and without saying is BT.601 and full range.
        if format == .mjpeg { return ColourEncoding(standard: .bt601, range: .full) }
        return ColourEncoding(standard: standard, range: range(of: format))
    }

    private var standard: ColourEncoding.Standard {
        switch encoding {
        case V4L2_YCBCR_ENC_601.rawValue, V4L2_YCBCR_ENC_XV601.rawValue: .bt601
        case V4L2_YCBCR_ENC_709.rawValue, V4L2_YCBCR_ENC_XV709.rawValue: .bt709
        // Constant luminance is read without it: no camera is known to send it.
        case V4L2_YCBCR_ENC_BT2020.rawValue, V4L2_YCBCR_ENC_BT2020_CONST_LUM.rawValue: .bt2020
        case V4L2_YCBCR_ENC_SMPTE240M.rawValue: .smpte240m
        default: usualStandard
        }
    }

    private var usualStandard: ColourEncoding.Standard {
        switch colourSpace {
        case V4L2_COLORSPACE_REC709.rawValue, V4L2_COLORSPACE_DCI_P3.rawValue: .bt709
        case V4L2_COLORSPACE_BT2020.rawValue: .bt2020
        case V4L2_COLORSPACE_SMPTE240M.rawValue: .smpte240m
        default: .bt601
        }
    }

    private func range(of format: PixelFormat) -> ColourEncoding.Range {
        switch quantization {
        case V4L2_QUANTIZATION_FULL_RANGE.rawValue: .full
        case V4L2_QUANTIZATION_LIM_RANGE.rawValue: .limited
        default: colourSpace == V4L2_COLORSPACE_JPEG.rawValue ? .full : format.usualEncoding.range
        }
    }
}
