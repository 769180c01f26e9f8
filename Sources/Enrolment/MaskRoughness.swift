package import Imaging

extension Mask {
    /// No part with a clean edge is rougher.
    package static let cleanRoughness: Float = 0.25

    /// How far its edge lies on average from where it would lie if it were smooth, in pixels; details finer than a tenth of
    /// its size count as rough. A heap of pellets has several times as much as any
    /// part with a clean edge.
    package var roughness: Float {
        let reach = max(1, Int((0.1 * Double(area).squareRoot()).rounded()))
        let (width, height) = (box.width + 2 * reach, box.height + 2 * reach)
        // Sums over all pixels to the left of and above a corner.
        var sums = [Int32](repeating: 0, count: (width + 1) * (height + 1))
        func isSet(_ x: Int, _ y: Int) -> Bool {
            let (column, row) = (x - reach, y - reach)
            return column >= 0 && row >= 0 && column < box.width && row < box.height
                && bits[row * box.width + column] != 0
        }
        for y in 0..<height {
            var row: Int32 = 0
            for x in 0..<width {
                if isSet(x, y) { row += 1 }
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
            }
        }
        var smooth = [Bool](repeating: false, count: width * height)
        var different = 0
        for y in 0..<height {
            let (top, bottom) = (max(0, y - reach), min(height, y + reach + 1))
            for x in 0..<width {
                let (left, right) = (max(0, x - reach), min(width, x + reach + 1))
                let count =
                    sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right]
                    - sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left]
                let isInside = 2 * Int(count) > (2 * reach + 1) * (2 * reach + 1)
                smooth[y * width + x] = isInside
                if isInside != isSet(x, y) { different += 1 }
            }
        }
        var edge = 0
        for y in 0..<height {
            for x in 1..<width where smooth[y * width + x] != smooth[y * width + x - 1] { edge += 1 }
        }
        for y in 1..<height {
            for x in 0..<width where smooth[y * width + x] != smooth[(y - 1) * width + x] { edge += 1 }
        }
        return Float(different) / Float(max(edge, 1))
    }
}
