/// How a camera lays out the pixels of one frame.
///
/// The raw values are the names used in settings and messages.
package enum PixelFormat: String, Equatable, Sendable, Codable, CaseIterable {
    /// 4:2:2, bytes Y0 U Y1 V for two pixels.
    case yuyv

    /// 4:2:2, bytes U Y0 V Y1 for two pixels.
    case uyvy

    /// 4:2:0: a plane of luma, then at half height a plane of U V pairs with the same row length.
    case nv12

    /// One byte a pixel, full range.
    case grey

    case rgb24
    case bgr24

    /// A JPEG picture a frame; the Huffman tables may be left out.
    case mjpeg

    /// The bytes that one row of `width` pixels holds, without padding; 0 where rows have no fixed length.
    package func leastBytesPerRow(width: Int) -> Int {
        switch self {
        case .yuyv, .uyvy: (width + 1) / 2 * 4
        case .nv12: (width + 1) / 2 * 2
        case .grey: width
        case .rgb24, .bgr24: width * 3
        case .mjpeg: 0
        }
    }
}
