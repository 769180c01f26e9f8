extension Mask {
    /// How many pixels both masks hold.
    ///
    /// - Precondition: the masks live on the same grid.
    package func intersectionArea(_ other: Mask) -> Int {
        precondition(grid == other.grid)
        let common = box.intersection(other.box)
        guard common.area > 0 else { return 0 }
        var area = 0
        for y in common.y..<common.maxY {
            let mine = (y - box.y) * box.width + common.x - box.x
            let theirs = (y - other.box.y) * other.box.width + common.x - other.box.x
            let mineRow = bits.span.extracting(mine..<mine + common.width)
            let theirRow = other.bits.span.extracting(theirs..<theirs + common.width)
            var count = 0
            for x in 0..<common.width { count &+= Int(mineRow[x] & theirRow[x]) }
            area += count
        }
        return area
    }

    /// The common area's share of the area that either mask holds, 0 to 1; 0 if both are empty.
    ///
    /// - Precondition: the masks live on the same grid.
    package func iou(_ other: Mask) -> Double {
        let common = intersectionArea(other)
        let either = area + other.area - common
        return either == 0 ? 0 : Double(common) / Double(either)
    }

    /// The pixels that either mask holds.
    ///
    /// - Precondition: the masks live on the same grid.
    package func union(_ other: Mask) -> Mask {
        precondition(grid == other.grid)
        if box.area == 0 { return other }
        if other.box.area == 0 { return self }
        let left = min(box.x, other.box.x)
        let top = min(box.y, other.box.y)
        let whole = PixelBox(
            x: left, y: top, width: max(box.maxX, other.box.maxX) - left, height: max(box.maxY, other.box.maxY) - top)
        var joined = [UInt8](repeating: 0, count: whole.area)
        for mask in [self, other] {
            for y in 0..<mask.box.height {
                let source = mask.bits.span.extracting(y * mask.box.width..<(y + 1) * mask.box.width)
                let start = (mask.box.y + y - top) * whole.width + mask.box.x - left
                for x in source.indices { joined[start + x] |= source[x] }
            }
        }
        return Mask(grid: grid, box: whole, bits: joined)
    }

    /// The pixels that this mask holds and the other does not.
    ///
    /// - Precondition: the masks live on the same grid.
    package func subtracting(_ other: Mask) -> Mask {
        precondition(grid == other.grid)
        var left = bits
        let common = box.intersection(other.box)
        for y in common.y..<common.y + common.height {
            for x in common.x..<common.x + common.width where other.contains(x: x, y: y) {
                left[(y - box.y) * box.width + x - box.x] = 0
            }
        }
        return Mask(grid: grid, box: box, bits: left).tightened
    }
}
