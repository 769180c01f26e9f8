extension Mask {
    /// The pixels of this mask with an upper, lower, left or right neighbour outside it (or outside the grid).
    package var boundary: Mask {
        var edge = bits
        let width = box.width
        guard width > 2, box.height > 2 else { return self }
        for y in 1..<box.height - 1 {
            let above = bits.span.extracting((y - 1) * width..<y * width)
            let row = bits.span.extracting(y * width..<(y + 1) * width)
            let below = bits.span.extracting((y + 1) * width..<(y + 2) * width)
            for x in 1..<width - 1 {
                let isInner = row[x - 1] & row[x + 1] & above[x] & below[x]
                edge[y * width + x] = row[x] & (isInner ^ 1)
            }
        }
        return Mask(grid: grid, box: box, bits: edge)
    }

    /// The mean of the pixels' centres; the first pixel's centre is (½, ½). Nil for an empty mask.
    package var centroid: PixelPoint? {
        guard area > 0 else { return nil }
        var sumX = 0
        var sumY = 0
        for y in 0..<box.height {
            let row = bits.span.extracting(y * box.width..<(y + 1) * box.width)
            var count = 0
            for x in row.indices {
                count &+= Int(row[x])
                sumX &+= Int(row[x]) &* x
            }
            sumY += count * y
        }
        return PixelPoint(
            x: Double(box.x) + 0.5 + Double(sumX) / Double(area),
            y: Double(box.y) + 0.5 + Double(sumY) / Double(area))
    }
}
