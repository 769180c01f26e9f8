/// How much good images differ from each other at each place (`surface` in the manifest).
///
/// Pins that lie this way and that differ more than the tray they lie in: one limit for both would be blind to the tray.
package struct SurfaceSpread: Equatable, Sendable {
    /// Cells of the structural map.
    package let height: Int
    package let width: Int

    /// Cosine distances, row by row, in steps of 1/65535; larger ones count as 1.
    package let cells: [UInt16]

    /// - Parameter distances: row by row.
    package init(height: Int, width: Int, distances: [Float]) {
        precondition(distances.count == height * width)
        self.init(
            height: height, width: width, cells: distances.map { UInt16((65535 * min(1, max(0, $0))).rounded()) })
    }

    private init(height: Int, width: Int, cells: [UInt16]) {
        self.height = height
        self.width = width
        self.cells = cells
    }

    /// The distance at a cell.
    package subscript(cell: Int) -> Float { Float(cells[cell]) / 65535 }
}

extension SurfaceSpread: Codable {
    private enum CodingKeys: String, CodingKey {
        case height, width, cells
    }

    /// No grid of features has a longer side.
    private static let longestSide = 4096

    /// Cells are written as four hexadecimal digits: a manifest is still for reading.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(height, forKey: .height)
        try container.encode(width, forKey: .width)
        try container.encode(cells.hexadecimal, forKey: .cells)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let height = try container.decode(Int.self, forKey: .height)
        let width = try container.decode(Int.self, forKey: .width)
        let cells = [UInt16](hexadecimal: try container.decode(String.self, forKey: .cells))
        guard let cells, (1...Self.longestSide).contains(height), (1...Self.longestSide).contains(width),
            cells.count == height * width
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .cells, in: container,
                debugDescription: "surface.cells are not four hexadecimal digits for each cell of \(height)×\(width)")
        }
        self.init(height: height, width: width, cells: cells)
    }
}
