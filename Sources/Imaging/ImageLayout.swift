/// Where the pixels of a camera frame lie in its bytes. A layout that exists is within the limits of `PixelSize`.
package struct ImageLayout: Equatable, Sendable {
    package let width: Int
    package let height: Int

    /// The distance between the starts of two rows of the first plane in bytes; without meaning where each frame has a
    /// length of its own.
    package let bytesPerRow: Int

    /// The same for the second and third plane; 0 for formats of one plane.
    package let chromaBytesPerRow: Int

    /// Each plane lies in memory of its own; else one follows the other.
    package let hasSeparatePlanes: Bool

    package let format: PixelFormat

    /// More padding a row than this is taken for a fault of the driver.
    private static let mostBytesPerRow = 1 << 20

    /// - Parameters:
    ///   - bytesPerRow: nil for rows without padding.
    ///   - chromaBytesPerRow: nil for what V4L2 says of planes that follow each other: as much as luma for pairs, half
    ///     as much for a plane each.
    package init(
        width: Int, height: Int, bytesPerRow: Int? = nil, chromaBytesPerRow: Int? = nil,
        hasSeparatePlanes: Bool = false, format: PixelFormat
    ) throws(ImagingError) {
        let size = try PixelSize(width: width, height: height).checked()
        let least = format.leastBytesPerRow(width: size.width)
        self.width = size.width
        self.height = size.height
        self.bytesPerRow = try Self.checked(bytesPerRow ?? least, least: least)
        self.format = format
        self.hasSeparatePlanes = hasSeparatePlanes && format.planeCount > 1
        switch format.chroma {
        case .paired:
            self.chromaBytesPerRow = try Self.checked(chromaBytesPerRow ?? self.bytesPerRow, least: least)
        case .planes:
            self.chromaBytesPerRow = try Self.checked(chromaBytesPerRow ?? self.bytesPerRow / 2, least: least / 2)
        case .interleaved, .none:
            self.chromaBytesPerRow = 0
        }
    }

    private static func checked(_ bytesPerRow: Int, least: Int) throws(ImagingError) -> Int {
        guard bytesPerRow >= least, bytesPerRow <= mostBytesPerRow else {
            throw .rowLengthRefused(bytesPerRow: bytesPerRow, least: least, most: mostBytesPerRow)
        }
        return bytesPerRow
    }

    package var size: PixelSize { PixelSize(width: width, height: height) }

    /// The pieces of memory that a frame lies in.
    package var pieceCount: Int { hasSeparatePlanes ? format.planeCount : 1 }

    /// The bytes a frame must have at least in one of its pieces of memory; the last row may lack its padding. 1 where
    /// each frame has a length of its own.
    package func neededByteCount(ofPiece index: Int) -> Int {
        guard hasSeparatePlanes else {
            return planeStarts[format.planeCount - 1] + length(ofPlane: format.planeCount - 1)
        }
        return length(ofPlane: index)
    }

    /// The bytes a frame must have at least in all.
    package var neededByteCount: Int {
        (0..<pieceCount).reduce(0) { $0 + neededByteCount(ofPiece: $1) }
    }

    /// Where each plane begins when one follows the other.
    var planeStarts: [3 of Int] {
        let chroma = bytesPerRow * height
        return [0, chroma, chroma + chromaBytesPerRow * chromaHeight]
    }

    var chromaHeight: Int { (height + format.rowsPerChromaRow - 1) / format.rowsPerChromaRow }

    /// The bytes of one plane up to its last pixel.
    private func length(ofPlane index: Int) -> Int {
        let least = format.leastBytesPerRow(width: width)
        if index > 0 {
            return chromaBytesPerRow * (chromaHeight - 1) + (format.chroma == .planes ? least / 2 : least)
        }
        if case .foreign(let fourCC) = format, least == 0 {
            return ForeignFormat(fourCC)?.neededByteCount(size) ?? 1
        }
        return format.isCompressed ? 1 : bytesPerRow * (height - 1) + least
    }
}
