internal import CVideo4Linux
package import Imaging

/// The four letters that V4L2 names a pixel format with.
package struct FourCC: Equatable, Hashable, Sendable, CustomStringConvertible {
    package let code: UInt32

    package init(_ code: UInt32) {
        self.code = code
    }

    /// The format we read it as; nil for one we do not.
    package var format: PixelFormat? {
        switch code {
        case assay_V4L2_PIX_FMT_YUYV: .yuyv
        case assay_V4L2_PIX_FMT_UYVY: .uyvy
        case assay_V4L2_PIX_FMT_NV12: .nv12
        case assay_V4L2_PIX_FMT_GREY: .grey
        case assay_V4L2_PIX_FMT_RGB24: .rgb24
        case assay_V4L2_PIX_FMT_BGR24: .bgr24
        case assay_V4L2_PIX_FMT_MJPEG, assay_V4L2_PIX_FMT_JPEG: .mjpeg
        default: nil
        }
    }

    /// The letters, with a question mark for what cannot be printed.
    package var description: String {
        let letters = (0..<4).map { position in
            let byte = UInt8(truncatingIfNeeded: code >> (8 * UInt32(position)) & 0x7F)
            return (0x20..<0x7F).contains(byte) ? Character(UnicodeScalar(byte)) : "?"
        }
        return String(letters).trimmingTrailingSpaces
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
