extension Image {
    /// This picture with some rectangles in one grey; what lies outside the picture is cut off.
    package func painted(over boxes: [PixelBox], grey: UInt8 = 128) -> Image {
        var painted = self
        for box in boxes {
            let visible = box.clamped(to: size)
            for y in visible.y..<max(visible.y, visible.maxY) {
                for index in 3 * (y * width + visible.x)..<3 * (y * width + visible.x + max(0, visible.width)) {
                    painted.pixels[index] = grey
                }
            }
        }
        return painted
    }
}
