package import Imaging

/// Pictures of the same good product under slightly other conditions: what a single support image is calibrated with.
package enum AlteredViews {
    /// Shifts by one and two hundredths of the longer side, each a little darker or lighter.
    package static func of(_ image: Image) -> [Image] {
        let step = max(1, max(image.width, image.height) / 100)
        let shifts = [(step, 0), (-step, 0), (0, step), (0, -step), (2 * step, 2 * step), (-2 * step, -2 * step)]
        return shifts.enumerated().map { index, shift in
            shifted(image, x: shift.0, y: shift.1, percent: index % 2 == 0 ? 96 : 104)
        }
    }

    /// Edge pixels are repeated where the picture has nothing to show.
    private static func shifted(_ image: Image, x: Int, y: Int, percent: Int) -> Image {
        var result = image
        let levels = (0...255).map { UInt8(min(255, $0 * percent / 100)) }
        for row in 0..<image.height {
            let sourceRow = min(max(0, row - y), image.height - 1) * image.width
            for column in 0..<image.width {
                let source = 3 * (sourceRow + min(max(0, column - x), image.width - 1))
                let target = 3 * (row * image.width + column)
                for channel in 0..<3 { result.pixels[target + channel] = levels[Int(image.pixels[source + channel])] }
            }
        }
        return result
    }
}
