/// The four letters that Linux names a pixel format with (V4L2's fourcc), the first in the lowest byte.
package struct FourCC: Equatable, Hashable, Sendable, CustomStringConvertible {
    package let code: UInt32

    /// Set for formats whose samples have their high byte first.
    private static let bigEndian: UInt32 = 1 << 31

    private static let bigEndianEnding = "-BE"

    package init(_ code: UInt32) {
        self.code = code
    }

    /// Up to four printable letters, spaces at the end left out, and `-BE` for the variant with the high byte first;
    /// nil for anything else.
    package init?(letters text: String) {
        let isBigEndian = text.hasSuffix(Self.bigEndianEnding)
        let letters = Array(isBigEndian ? text.dropLast(Self.bigEndianEnding.count).utf8 : text[...].utf8)
        guard (1...4).contains(letters.count), letters.allSatisfy({ (0x21..<0x7F).contains($0) }) else { return nil }
        let padded = letters + [UInt8](repeating: 0x20, count: 4 - letters.count)
        let code = padded.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        self.init(isBigEndian ? code | Self.bigEndian : code)
    }

    /// The letters, with a question mark for what cannot be printed.
    package var description: String {
        let letters = (0..<4).map { position in
            let byte = UInt8(truncatingIfNeeded: code >> (8 * UInt32(position)) & 0x7F)
            return (0x20..<0x7F).contains(byte) ? Character(UnicodeScalar(byte)) : "?"
        }
        let name = String(letters.reversed().drop { $0 == " " }.reversed())
        return code & Self.bigEndian == 0 ? name : name + Self.bigEndianEnding
    }
}
