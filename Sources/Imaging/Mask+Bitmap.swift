extension Mask {
    /// The pixels of a whole grid's bitmap that are not 0, row by row; the box is drawn tight.
    package init(grid: PixelSize, bitmap: Span<UInt8>) {
        precondition(bitmap.count == grid.pixelCount)
        var left = grid.width
        var right = -1
        var top = grid.height
        var bottom = -1
        for y in 0..<grid.height {
            let row = bitmap.extracting(y * grid.width..<(y + 1) * grid.width)
            guard let first = row.indices.first(where: { row[$0] != 0 }) else { continue }
            var last = grid.width - 1
            while row[last] == 0 { last -= 1 }
            left = min(left, first)
            right = max(right, last)
            top = min(top, y)
            bottom = y
        }
        guard bottom >= 0 else {
            self.init(emptyOn: grid)
            return
        }
        let box = PixelBox(x: left, y: top, width: right + 1 - left, height: bottom + 1 - top)
        var bits = [UInt8](repeating: 0, count: box.area)
        for y in 0..<box.height {
            let row = bitmap.extracting((top + y) * grid.width + left..<(top + y) * grid.width + left + box.width)
            for x in row.indices { bits[y * box.width + x] = row[x] == 0 ? 0 : 1 }
        }
        self.init(grid: grid, box: box, bits: bits)
    }

    package init(grid: PixelSize, bitmap: [UInt8]) {
        self.init(grid: grid, bitmap: bitmap.span)
    }

    /// The pixels for which `isSet(x, y)` holds. A call a pixel: for tests and small grids.
    package init(grid: PixelSize, where isSet: (_ x: Int, _ y: Int) -> Bool) {
        var bitmap = [UInt8](repeating: 0, count: grid.pixelCount)
        for y in 0..<grid.height {
            for x in 0..<grid.width where isSet(x, y) { bitmap[y * grid.width + x] = 1 }
        }
        self.init(grid: grid, bitmap: bitmap)
    }

    package init(emptyOn grid: PixelSize) {
        self.init(grid: grid, box: PixelBox(x: 0, y: 0, width: 0, height: 0), bits: [])
    }

    /// One value a pixel of the whole grid, 0 or 1, row by row.
    package var bitmap: [UInt8] {
        var bitmap = [UInt8](repeating: 0, count: grid.pixelCount)
        for y in 0..<box.height {
            let start = (box.y + y) * grid.width + box.x
            for x in 0..<box.width { bitmap[start + x] = bits[y * box.width + x] }
        }
        return bitmap
    }

    /// The same pixels with the smallest box that holds them.
    package var tightened: Mask {
        if area == box.area { return self }
        return Mask(grid: grid, bitmap: bitmap)
    }
}
