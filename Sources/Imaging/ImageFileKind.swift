/// The kinds of image files we read and write, told by their first bytes.
package enum ImageFileKind: String, Equatable, Sendable {
    case jpeg = "JPEG"
    case png = "PNG"

    /// Nil if the bytes begin like neither kind.
    package init?(startOf bytes: Span<UInt8>) {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        if bytes.count >= 3, bytes[0] == 0xFF, bytes[1] == 0xD8, bytes[2] == 0xFF {
            self = .jpeg
        } else if bytes.count >= png.count, png.indices.allSatisfy({ bytes[$0] == png[$0] }) {
            self = .png
        } else {
            return nil
        }
    }
}
