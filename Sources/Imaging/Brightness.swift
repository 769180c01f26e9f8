/// How light one picture is; luma is that of BT.601, 0 to 255.
package struct Brightness: Equatable, Sendable {
    package let mean: Double

    /// The share of pixels with a luma below 8, 0 to 1.
    package let darkShare: Double

    /// The share of pixels with a luma above 247, 0 to 1.
    package let blownShare: Double

    package init(mean: Double, darkShare: Double, blownShare: Double) {
        self.mean = mean
        self.darkShare = darkShare
        self.blownShare = blownShare
    }
}

extension Image {
    /// One pass over all pixels.
    package var brightness: Brightness {
        var sum = 0
        var dark = 0
        var blown = 0
        let source = pixels.span
        for y in 0..<height {
            let row = source.extracting(y * width * 3..<(y + 1) * width * 3)
            var rowSum: Int32 = 0
            var rowDark: Int32 = 0
            var rowBlown: Int32 = 0
            for x in 0..<width {
                let red = Int32(row[3 &* x])
                let green = Int32(row[3 &* x &+ 1])
                let blue = Int32(row[3 &* x &+ 2])
                let luma = (77 &* red &+ 150 &* green &+ 29 &* blue &+ 128) &>> 8
                rowSum &+= luma
                rowDark &+= luma < 8 ? 1 : 0
                rowBlown &+= luma > 247 ? 1 : 0
            }
            sum += Int(rowSum)
            dark += Int(rowDark)
            blown += Int(rowBlown)
        }
        let count = Double(size.pixelCount)
        return Brightness(
            mean: Double(sum) / count, darkShare: Double(dark) / count, blownShare: Double(blown) / count)
    }
}
