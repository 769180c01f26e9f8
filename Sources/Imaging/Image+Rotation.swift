extension Image {
    /// This picture rotated about its centre, in a frame of the same size; where it has nothing to show, the nearest pixel of
    /// its edge is repeated.
    ///
    /// - Parameter direction: where the picture's x axis points to afterwards, of length 1; y points down.
    package func rotated(to direction: SIMD2<Float>) -> Image {
        var rotated = self
        let centre = SIMD2(Float(width - 1), Float(height - 1)) / 2
        let last = SIMD2(Float(width - 1), Float(height - 1))
        let source = pixels.span
        var target = rotated.pixels.mutableSpan
        for y in 0..<height {
            for x in 0..<width {
                let offset = SIMD2(Float(x), Float(y)) - centre
                let place = offset.rotatedBack(from: direction) + centre
                let inside = place.clamped(lowerBound: .zero, upperBound: last)
                let first = SIMD2<Int>(inside)
                let next = SIMD2(min(first.x + 1, width - 1), min(first.y + 1, height - 1))
                let weight = inside - SIMD2<Float>(first)
                for channel in 0..<3 {
                    func pixel(_ x: Int, _ y: Int) -> Float { Float(source[3 * (y * width + x) + channel]) }
                    let upper = pixel(first.x, first.y) * (1 - weight.x) + pixel(next.x, first.y) * weight.x
                    let lower = pixel(first.x, next.y) * (1 - weight.x) + pixel(next.x, next.y) * weight.x
                    target[3 * (y * width + x) + channel] = UInt8(upper * (1 - weight.y) + lower * weight.y + 0.5)
                }
            }
        }
        return rotated
    }
}

extension SIMD2<Float> {
    /// Where this vector pointed to before the x axis was rotated to `direction`.
    package func rotatedBack(from direction: SIMD2<Float>) -> SIMD2<Float> {
        SIMD2(direction.x * x + direction.y * y, direction.x * y - direction.y * x)
    }
}
