extension Image {
    /// This picture in another size, without regard to its shape.
    ///
    /// Each axis on its own is averaged by area when it shrinks and interpolated linearly when it grows.
    ///
    /// - Precondition: `target` is not empty.
    package func resized(to target: PixelSize) -> Image {
        if target == size { return self }
        var resized = Image(blank: target)
        let length = target.width * 3
        Resampler(from: size, to: target).forEachRow(of: pixels.span) { y, row in
            var bytes = resized.pixels.mutableSpan
            for x in 0..<length {
                // Adding 2²³ rounds to whole numbers and leaves them in the lowest bits.
                let rounded = (min(row[x], 255) + 8_388_608).bitPattern
                bytes[y &* length &+ x] = UInt8(truncatingIfNeeded: rounded)
            }
        }
        return resized
    }

    /// Writes this picture, resized as `resized(to:)` does but not rounded to bytes, as a network takes it: three planes
    /// (red, green, blue) of `canvas.pixelCount` values `(value / 255 − mean) / deviation`, the picture at the top left.
    ///
    /// - Parameters:
    ///   - planes: at least `3 * canvas.pixelCount` values; those behind are left alone.
    ///   - target: the picture's size on the canvas.
    ///   - canvas: the size of the planes; neither side is smaller than the target's.
    ///   - mean: three values, of pixels that go from 0 to 1.
    ///   - deviation: three values, not 0.
    ///   - padding: the colour beside the picture, three values from 0 to 1.
    package func fill(
        planar planes: UnsafeMutableBufferPointer<Float>, size target: PixelSize, topLeftOf canvas: PixelSize,
        mean: [Float], deviation: [Float], padding: [Float]
    ) {
        precondition(mean.count == 3 && deviation.count == 3 && padding.count == 3)
        precondition(target.width <= canvas.width && target.height <= canvas.height)
        precondition(planes.count >= 3 * canvas.pixelCount)
        let factors = deviation.map { 1 / (255 * $0) }
        let offsets = zip(mean, deviation).map { -$0 / $1 }
        // unsafe: the caller keeps the memory until we return, and the span does not leave this function
        var output = unsafe MutableSpan(_unsafeElements: planes)
        if target == size {
            let source = pixels.span
            for y in 0..<height {
                let row = source.extracting(3 * y * width..<3 * (y + 1) * width)
                for channel in 0..<3 {
                    let start = channel * canvas.pixelCount + y * canvas.width
                    let factor = factors[channel]
                    let offset = offsets[channel]
                    for x in 0..<width { output[start &+ x] = Float(row[3 &* x &+ channel]) * factor + offset }
                }
            }
        } else {
            Resampler(from: size, to: target).forEachRow(of: pixels.span) { y, row in
                for channel in 0..<3 {
                    let start = channel * canvas.pixelCount + y * canvas.width
                    let factor = factors[channel]
                    let offset = offsets[channel]
                    for x in 0..<target.width {
                        output[start &+ x] = row[3 &* x &+ channel] * factor + offset
                    }
                }
            }
        }
        guard target != canvas else { return }
        for channel in 0..<3 {
            let value = (padding[channel] - mean[channel]) / deviation[channel]
            for y in 0..<canvas.height {
                let start = channel * canvas.pixelCount + y * canvas.width
                for x in (y < target.height ? target.width : 0)..<canvas.width { output[start &+ x] = value }
            }
        }
    }

    /// The part of this picture in `box`. Errors: `boxOutside` if it is empty or not wholly in the picture.
    package func cropped(to box: PixelBox) throws(ImagingError) -> Image {
        guard box.x >= 0, box.y >= 0, box.width > 0, box.height > 0,
            box.x < width, box.y < height, box.width <= width - box.x, box.height <= height - box.y
        else { throw .boxOutside(box, picture: size) }
        var part: [UInt8] = []
        part.reserveCapacity(box.area * 3)
        for y in box.y..<box.maxY {
            let start = (y * width + box.x) * 3
            part += pixels[start..<start + box.width * 3]
        }
        return Image(width: box.width, height: box.height, pixels: part)
    }
}
