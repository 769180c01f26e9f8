/// A rectangle of whole pixels; the right and lower edges lie outside.
package struct PixelBox: Equatable, Hashable, Sendable, Codable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var maxX: Int { x + width }
    package var maxY: Int { y + height }
    package var area: Int { max(0, width) * max(0, height) }

    /// The common part of two boxes; empty boxes have zero width and height.
    package func intersection(_ other: PixelBox) -> PixelBox {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return PixelBox(
            x: left, y: top, width: max(0, min(maxX, other.maxX) - left), height: max(0, min(maxY, other.maxY) - top))
    }

    /// The smallest box around both.
    package func union(_ other: PixelBox) -> PixelBox {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return PixelBox(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// This box on another grid, grown outwards to whole pixels.
    package func scaled(from source: PixelSize, to target: PixelSize) -> PixelBox {
        let left = x * target.width / source.width
        let top = y * target.height / source.height
        let right = (maxX * target.width + source.width - 1) / source.width
        let bottom = (maxY * target.height + source.height - 1) / source.height
        return PixelBox(x: left, y: top, width: right - left, height: bottom - top)
    }
}

/// Width and height in pixels.
package struct PixelSize: Equatable, Hashable, Sendable, Codable {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    package var pixelCount: Int { width * height }
}
