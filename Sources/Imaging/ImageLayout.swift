/// Where the pixels of a camera frame lie in its bytes. A layout that exists is within the limits of `PixelSize`.
package struct ImageLayout: Equatable, Sendable {
    package let width: Int
    package let height: Int

    /// The distance between the starts of two rows in bytes; without meaning for `mjpeg`.
    package let bytesPerRow: Int

    package let format: PixelFormat

    /// More padding a row than this is taken for a fault of the driver.
    private static let mostBytesPerRow = 1 << 20

    /// - Parameter bytesPerRow: nil for rows without padding.
    package init(
        width: Int, height: Int, bytesPerRow: Int? = nil, format: PixelFormat
    ) throws(ImagingError) {
        let size = try PixelSize(width: width, height: height).checked()
        let least = format.leastBytesPerRow(width: size.width)
        let bytesPerRow = bytesPerRow ?? least
        guard bytesPerRow >= least, bytesPerRow <= Self.mostBytesPerRow else {
            throw .rowLengthRefused(bytesPerRow: bytesPerRow, least: least, most: Self.mostBytesPerRow)
        }
        self.width = size.width
        self.height = size.height
        self.bytesPerRow = bytesPerRow
        self.format = format
    }

    package var size: PixelSize { PixelSize(width: width, height: height) }

    /// The bytes a frame must have at least; the last row may lack its padding. 1 for `mjpeg`.
    package var neededByteCount: Int {
        switch format {
        case .yuyv, .uyvy, .grey, .rgb24, .bgr24:
            bytesPerRow * (height - 1) + format.leastBytesPerRow(width: width)
        case .nv12:
            bytesPerRow * (height + (height + 1) / 2 - 1) + format.leastBytesPerRow(width: width)
        case .mjpeg:
            1
        }
    }
}
