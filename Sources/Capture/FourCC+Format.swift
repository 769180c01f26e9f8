package import Imaging

extension PixelFormat {
    /// A format of ours by its name, or any by its four letters; nil for what is neither. Whether it can be read shows
    /// when it is asked for.
    package init?(named name: String) {
        if let format = Self.native.first(where: { $0.rawValue == name }) {
            self = format
        } else if let fourCC = FourCC(letters: name) {
            self = fourCC.format ?? .foreign(fourCC)
        } else {
            return nil
        }
    }
}

extension FourCC {
    /// The format we read it as; nil for one that neither we nor libv4lconvert read.
    package var format: PixelFormat? {
        if let native = Self.native[description] ?? Self.inPieces[description] { return native }
        return ForeignFormat.isReadable(self) ? .foreign(self) : nil
    }

    /// Each plane lies in memory of its own.
    var hasSeparatePlanes: Bool { Self.inPieces[description] != nil }

    private static let native: [String: PixelFormat] = [
        "YUYV": .yuyv, "UYVY": .uyvy, "YVYU": .yvyu, "VYUY": .vyuy, "NV12": .nv12, "NV21": .nv21, "YU12": .yuv420,
        "YV12": .yvu420, "NV16": .nv16, "NV61": .nv61, "422P": .yuv422p, "GREY": .grey, "Y10": .y10, "Y12": .y12,
        "Y16": .y16, "RGB3": .rgb24, "BGR3": .bgr24, "BA81": .bggr8, "GBRG": .gbrg8, "GRBG": .grbg8, "RGGB": .rggb8,
        "MJPG": .mjpeg, "JPEG": .mjpeg,
    ]

    private static let inPieces: [String: PixelFormat] = [
        "NM12": .nv12, "NM21": .nv21, "YM12": .yuv420, "YM21": .yvu420, "NM16": .nv16, "NM61": .nv61, "YM16": .yuv422p,
    ]
}
