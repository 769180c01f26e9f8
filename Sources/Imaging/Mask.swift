/// A set of pixels of a grid, kept as a bitmap of its bounding box.
package struct Mask: Equatable, Sendable {
    /// The grid the mask lives on (a network's map or the frame itself).
    package let grid: PixelSize

    /// The tight bounding box; an empty mask has an empty box.
    package let box: PixelBox

    /// `box.width * box.height` values, 0 or 1, row by row.
    package let bits: [UInt8]

    /// How many pixels are set.
    package let area: Int

    /// - Precondition: the box lies inside the grid and `bits` fits it.
    package init(grid: PixelSize, box: PixelBox, bits: [UInt8]) {
        precondition(box.x >= 0 && box.y >= 0 && box.maxX <= grid.width && box.maxY <= grid.height)
        precondition(bits.count == box.area)
        self.grid = grid
        self.box = box
        self.bits = bits
        var area = 0
        for bit in bits { area += Int(bit) }
        self.area = area
    }

    package func contains(x: Int, y: Int) -> Bool {
        guard x >= box.x, y >= box.y, x < box.maxX, y < box.maxY else { return false }
        return bits[(y - box.y) * box.width + (x - box.x)] != 0
    }
}
