extension PixelBox {
    /// The part of this box in a picture, whatever its numbers; empty boxes have zero width and height.
    package func clamped(to picture: PixelSize) -> PixelBox {
        func end(_ start: Int, _ length: Int) -> Int {
            let (end, overflow) = start.addingReportingOverflow(length)
            return overflow ? Int.max : end
        }
        let left = min(max(0, x), picture.width)
        let top = min(max(0, y), picture.height)
        let right = width > 0 ? min(end(x, width), picture.width) : left
        let bottom = height > 0 ? min(end(y, height), picture.height) : top
        guard right > left, bottom > top else { return PixelBox(x: left, y: top, width: 0, height: 0) }
        return PixelBox(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The ends of the shortest line between two boxes that are not empty; one place twice if they overlap.
    func shortestLine(to other: PixelBox) -> (Place, Place) {
        func ends(_ low: Int, _ high: Int, _ otherLow: Int, _ otherHigh: Int) -> (Int, Int) {
            if high < otherLow { return (high, otherLow) }
            if otherHigh < low { return (low, otherHigh) }
            let middle = (max(low, otherLow) + min(high, otherHigh)) / 2
            return (middle, middle)
        }
        let (x, otherX) = ends(self.x, maxX - 1, other.x, other.maxX - 1)
        let (y, otherY) = ends(self.y, maxY - 1, other.y, other.maxY - 1)
        return (Place(x: x, y: y), Place(x: otherX, y: otherY))
    }
}
