internal import Glibc

/// The light in a picture, told coarsely: what each cell of a grid reflects, and how much is black or blown out.
package struct PictureLight: Equatable, Sendable {
    /// Cells in a row and in a column.
    package static let side = 16
    package static let cellCount = side * side

    /// Luma (BT.601, 0 to 255) below which a pixel counts as black: what a covered lens with its noise gives.
    package static let blackLuma = 24

    /// Luma above which a pixel counts as blown out.
    package static let blownOutLuma = 250

    /// Mean red, green and blue of each cell, row by row: 0 to 65535, in proportion to the light (sRGB undone).
    package let cells: [SIMD3<UInt16>]

    /// Shares of the pixels, 0 to 1.
    package let blackShare: Double
    package let blownOutShare: Double

    package init(cells: [SIMD3<UInt16>], blackShare: Double, blownOutShare: Double) {
        precondition(cells.count == Self.cellCount)
        self.cells = cells
        self.blackShare = blackShare
        self.blownOutShare = blownOutShare
    }

    /// The light of an 8-bit value in sRGB, 0 to 65535.
    fileprivate static let linear: [UInt16] = (0..<256).map { value in
        let coded = Double(value) / 255
        return UInt16((65535 * (coded <= 0.04045 ? coded / 12.92 : pow((coded + 0.055) / 1.055, 2.4))).rounded())
    }
}

extension Image {
    /// Looked at in at most 511 columns and 255 rows, of 512×512 pixels in every eighth.
    package var light: PictureLight {
        let side = PictureLight.side
        let rowStep = max(1, height / 128)
        let columnStep = max(1, width / 256)
        var sums = [SIMD3<UInt32>](repeating: .zero, count: PictureLight.cellCount)
        var counts = [UInt32](repeating: 0, count: PictureLight.cellCount)
        var black = 0
        var blownOut = 0
        let linear = PictureLight.linear
        let source = pixels.span
        for y in stride(from: 0, to: height, by: rowStep) {
            let row = source.extracting(y * width * 3..<(y + 1) * width * 3)
            let firstCell = y * side / height * side
            for column in 0..<side {
                // The same pixels of a row, whichever cell they fall into.
                var x = (column * width / side + columnStep - 1) / columnStep * columnStep
                let end = (column + 1) * width / side
                var red: UInt32 = 0
                var green: UInt32 = 0
                var blue: UInt32 = 0
                var count: UInt32 = 0
                var dark: UInt32 = 0
                var bright: UInt32 = 0
                while x < end {
                    let pixel = (Int(row[3 &* x]), Int(row[3 &* x &+ 1]), Int(row[3 &* x &+ 2]))
                    red &+= UInt32(linear[pixel.0])
                    green &+= UInt32(linear[pixel.1])
                    blue &+= UInt32(linear[pixel.2])
                    let luma = (77 &* pixel.0 &+ 150 &* pixel.1 &+ 29 &* pixel.2 &+ 128) &>> 8
                    dark &+= luma < PictureLight.blackLuma ? 1 : 0
                    bright &+= luma > PictureLight.blownOutLuma ? 1 : 0
                    count &+= 1
                    x &+= columnStep
                }
                // 32 bits hold the sums: of a cell at most 16 rows and 32 columns are looked at.
                sums[firstCell + column] &+= SIMD3(red, green, blue)
                counts[firstCell + column] &+= count
                black += Int(dark)
                blownOut += Int(bright)
            }
        }
        let total = Double(max(1, counts.reduce(0, +)))
        return PictureLight(
            cells: zip(sums, counts).map { sum, count in
                SIMD3<UInt16>(truncatingIfNeeded: count == 0 ? .zero : sum / SIMD3(repeating: count))
            },
            blackShare: Double(black) / total, blownOutShare: Double(blownOut) / total)
    }
}
