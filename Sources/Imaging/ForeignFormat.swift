/// A format that libv4lconvert reads for us.
package struct ForeignFormat: Equatable, Sendable {
    let fourCC: FourCC

    /// Nil where each frame has a length of its own.
    let bitsPerPixel: Int?

    /// Rows lie one after the other and may be padded; else bytes stand for blocks of pixels.
    private let hasRows: Bool

    /// Nil for a format that libv4lconvert 1.22 does not read, or reads by starting another program (OV511, OV518) or past
    /// the ends of its buffers (HM12, PJPG, SQ905C).
    init?(_ fourCC: FourCC) {
        let name = fourCC.description
        guard let entry = Self.table.first(where: { $0.letters.contains(name) }) else { return nil }
        self.fourCC = fourCC
        bitsPerPixel = entry.bits
        hasRows = entry.hasRows
    }

    package static func isReadable(_ fourCC: FourCC) -> Bool { ForeignFormat(fourCC) != nil }

    /// 0 where rows have no fixed length.
    func leastBytesPerRow(width: Int) -> Int { hasRows ? ((bitsPerPixel ?? 0) * width + 7) / 8 : 0 }

    /// The bytes of a frame without padding; 1 where each has a length of its own.
    func neededByteCount(_ size: PixelSize) -> Int {
        if hasRows { return leastBytesPerRow(width: size.width) * size.height }
        return bitsPerPixel.map { ($0 * size.pixelCount + 7) / 8 } ?? 1
    }

    private static let table: [(bits: Int?, hasRows: Bool, letters: Set<String>)] = [
        (8, true, ["Y04", "Y06"]),
        (10, true, ["pBAA", "pGAA", "pgAA", "pRAA", "Y10B"]),
        (12, false, ["M420", "S501", "S505", "S508", "S920", "CITV", "KONI"]),
        (16, true, ["RGBP", "Y16-BE", "BG10", "GB10", "BA10", "RG10", "BYR2", "GB16", "GR16", "RG16"]),
        (24, true, ["HSV3"]),
        (32, true, ["RGB4", "BGR4", "AR24", "XR24", "BA24", "BX24", "HSV4"]),
        (nil, false, ["CPIA", "P207", "JL20", "JPGL", "S401", "S561", "S910", "SONX", "M310"]),
    ]
}
