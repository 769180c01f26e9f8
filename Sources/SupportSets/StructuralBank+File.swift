internal import Glibc

/// The file `structural.bank`: a 64-byte header of little-endian words, then the rows, then the core rows, as floats.
extension StructuralBank {
    private static let magic: UInt32 = 0x5352_5453
    private static let version: UInt32 = 1
    private static let headerSize = 64
    private static let sideBound = 4096
    private static let channelBound = 16384
    private static let imageBound = 1024

    /// Elements that are checked at once.
    private static let pieceSize = 1 << 20

    /// Writes the file in one go; on an error the partial file is removed.
    package func write(to path: String) throws(SupportSetError) {
        var header = ByteWriter()
        header.write(Self.magic)
        header.write(Self.version)
        for value in [imageCount, gridHeight, gridWidth, channelCount, core.rowCount] { header.write(value) }
        header.align(to: Self.headerSize)
        var file = try FileWriter(creating: path)
        try file.write(header.bytes)
        try file.write(rows)
        try file.write(core)
        try file.finish()
    }

    package init(mapping path: String) throws(SupportSetError) {
        let file = try MappedFile(path: path)
        let head = unsafe file.withBytes { bytes in unsafe Array(bytes.prefix(Self.headerSize)) }
        var reader = ByteReader(head, path: path)
        guard try reader.readWord() == Self.magic else { throw reader.damaged("it is not a structural bank") }
        let version = try reader.readWord()
        guard version == Self.version else { throw .unknownSchema(path: path, found: "structural bank \(version)") }
        let imageCount = try reader.readCount(upTo: Self.imageBound, of: "image count")
        let gridHeight = try reader.readCount(upTo: Self.sideBound, of: "grid height")
        let gridWidth = try reader.readCount(upTo: Self.sideBound, of: "grid width")
        let channelCount = try reader.readCount(upTo: Self.channelBound, of: "channel count")
        let rowCount = imageCount * gridHeight * gridWidth
        let coreCount = try reader.readCount(upTo: rowCount, of: "core size")
        guard rowCount > 0, channelCount > 0, coreCount > 0,
            file.byteCount == Self.headerSize + 4 * (rowCount + coreCount) * channelCount
        else { throw reader.damaged("its size is not what its header says") }
        let bank = StructuralBank(
            imageCount: imageCount, gridHeight: gridHeight, gridWidth: gridWidth,
            rows: BankRows(
                mapped: file, byteOffset: Self.headerSize, rowCount: rowCount, columnCount: channelCount),
            core: BankRows(
                mapped: file, byteOffset: Self.headerSize + 4 * rowCount * channelCount, rowCount: coreCount,
                columnCount: channelCount))
        guard Self.isSound(bank.rows), Self.isSound(bank.core) else {
            throw reader.damaged("a row in it is no unit vector")
        }
        self = bank
    }

    /// No element of a unit vector is longer than one; this also finds every NaN and infinity.
    ///
    /// Goes through the file in pieces and gives each back, so that a bank takes no more memory than is searched of it.
    private static func isSound(_ rows: BankRows) -> Bool {
        unsafe rows.withElements { elements in
            var start = 0
            // Each piece lets go of the page, too, that the one before ended in.
            var kept = 0
            while start < elements.count {
                let end = min(elements.count, start + pieceSize)
                var soundCount = 0
                for index in start..<end where unsafe abs(elements[index]) <= 1.001 { soundCount += 1 }
                rows.letGo(of: kept..<end)
                guard soundCount == end - start else { return false }
                (kept, start) = (start, end)
            }
            return true
        }
    }
}
