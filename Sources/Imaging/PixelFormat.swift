/// How a camera lays out the pixels of one frame.
package enum PixelFormat: Equatable, Hashable, Sendable {
    /// 4:2:2, bytes Y0 U Y1 V for two pixels.
    case yuyv

    /// 4:2:2, bytes U Y0 V Y1 for two pixels.
    case uyvy

    /// 4:2:2, bytes Y0 V Y1 U for two pixels.
    case yvyu

    /// 4:2:2, bytes V Y0 U Y1 for two pixels.
    case vyuy

    /// 4:2:0: a plane of luma, then at half height a plane of U V pairs.
    case nv12

    /// Like `nv12` with V U pairs.
    case nv21

    /// 4:2:0: a plane of luma, then planes of U and of V, each of half the width and height.
    case yuv420

    /// Like `yuv420` with V before U.
    case yvu420

    /// 4:2:2: a plane of luma, then a plane of U V pairs of the same height.
    case nv16

    /// Like `nv16` with V U pairs.
    case nv61

    /// 4:2:2: a plane of luma, then planes of U and of V of half the width.
    case yuv422p

    /// One byte a pixel.
    case grey

    /// Two bytes a pixel, the low one first, of which the lowest 10, 12 or 16 bits count.
    case y10
    case y12
    case y16

    case rgb24
    case bgr24

    /// One byte a pixel under a colour filter: the first row begins blue green, the second green red.
    case bggr8
    case gbrg8
    case grbg8
    case rggb8

    /// A JPEG picture a frame; the Huffman tables may be left out.
    case mjpeg

    /// What only libv4lconvert reads.
    case foreign(FourCC)

    /// The formats that we decode ourselves.
    package static let native: [PixelFormat] = [
        .yuyv, .uyvy, .yvyu, .vyuy, .nv12, .nv21, .yuv420, .yvu420, .nv16, .nv61, .yuv422p, .grey, .y10, .y12, .y16,
        .rgb24, .bgr24, .bggr8, .gbrg8, .grbg8, .rggb8, .mjpeg,
    ]

    /// How chroma is sampled and stored.
    enum Chroma {
        /// Luma and chroma in turns.
        case interleaved

        /// A plane of pairs.
        case paired

        /// A plane each.
        case planes

        case none
    }

    var chroma: Chroma {
        switch self {
        case .yuyv, .uyvy, .yvyu, .vyuy: .interleaved
        case .nv12, .nv21, .nv16, .nv61: .paired
        case .yuv420, .yvu420, .yuv422p: .planes
        case .grey, .y10, .y12, .y16, .rgb24, .bgr24, .bggr8, .gbrg8, .grbg8, .rggb8, .mjpeg, .foreign: .none
        }
    }

    /// V comes before U.
    var isChromaSwapped: Bool { [.yvyu, .vyuy, .nv21, .nv61, .yvu420].contains(self) }

    /// Rows of luma that share one row of chroma.
    var rowsPerChromaRow: Int { [.nv12, .nv21, .yuv420, .yvu420].contains(self) ? 2 : 1 }

    /// How many planes a frame has, whether in one piece of memory or in several.
    package var planeCount: Int {
        switch chroma {
        case .interleaved, .none: 1
        case .paired: 2
        case .planes: 3
        }
    }

    /// Each frame is coded in a length of its own.
    package var isCompressed: Bool {
        switch self {
        case .mjpeg: true
        case .foreign(let fourCC): ForeignFormat(fourCC)?.bitsPerPixel == nil
        default: false
        }
    }

    /// Read by libv4lconvert.
    package var isForeign: Bool {
        if case .foreign = self { true } else { false }
    }

    /// Light without colour.
    package var isGrey: Bool { [.grey, .y10, .y12, .y16].contains(self) }

    /// Pixels under a colour filter array.
    package var isBayer: Bool { [.bggr8, .gbrg8, .grbg8, .rggb8].contains(self) }

    /// The bytes that one row of `width` pixels holds in the first plane, without padding; 0 where rows have no fixed
    /// length.
    package func leastBytesPerRow(width: Int) -> Int {
        switch self {
        case .yuyv, .uyvy, .yvyu, .vyuy: (width + 1) / 2 * 4
        case .nv12, .nv21, .yuv420, .yvu420, .nv16, .nv61, .yuv422p: (width + 1) / 2 * 2
        case .y10, .y12, .y16: width * 2
        case .grey, .bggr8, .gbrg8, .grbg8, .rggb8: width
        case .rgb24, .bgr24: width * 3
        case .mjpeg: 0
        case .foreign(let fourCC): ForeignFormat(fourCC)?.leastBytesPerRow(width: width) ?? 0
        }
    }

    /// What V4L2 takes for granted where a driver says nothing of the encoding; grey is full range, as sensors send it.
    package var usualEncoding: ColourEncoding {
        chroma == .none ? ColourEncoding(standard: .bt601, range: .full) : .bt601Limited
    }
}

/// The names used in settings and messages: our own in small letters, else the four letters.
extension PixelFormat: RawRepresentable, Codable {
    package init?(rawValue: String) {
        if let format = Self.native.first(where: { $0.rawValue == rawValue }) {
            self = format
        } else if let fourCC = FourCC(letters: rawValue) {
            self = .foreign(fourCC)
        } else {
            return nil
        }
    }

    package var rawValue: String {
        switch self {
        case .yuyv: "yuyv"
        case .uyvy: "uyvy"
        case .yvyu: "yvyu"
        case .vyuy: "vyuy"
        case .nv12: "nv12"
        case .nv21: "nv21"
        case .yuv420: "yuv420"
        case .yvu420: "yvu420"
        case .nv16: "nv16"
        case .nv61: "nv61"
        case .yuv422p: "yuv422p"
        case .grey: "grey"
        case .y10: "y10"
        case .y12: "y12"
        case .y16: "y16"
        case .rgb24: "rgb24"
        case .bgr24: "bgr24"
        case .bggr8: "bggr8"
        case .gbrg8: "gbrg8"
        case .grbg8: "grbg8"
        case .rggb8: "rggb8"
        case .mjpeg: "mjpeg"
        case .foreign(let fourCC): fourCC.description
        }
    }
}
