extension Mask {
    /// This mask with every pixel that lies within `radius` of one of its own, along rows and columns alike.
    package func grown(by radius: Int) -> Mask {
        guard area > 0, radius > 0 else { return self }
        let whole = PixelBox(
            x: box.x - radius, y: box.y - radius, width: box.width + 2 * radius, height: box.height + 2 * radius
        ).clamped(to: grid)
        var wide = [UInt8](repeating: 0, count: whole.width * box.height)
        for y in 0..<box.height {
            for x in 0..<box.width where bits[y * box.width + x] != 0 {
                let from = max(0, box.x + x - radius - whole.x)
                let to = min(whole.width - 1, box.x + x + radius - whole.x)
                for column in from...to { wide[y * whole.width + column] = 1 }
            }
        }
        var grown = [UInt8](repeating: 0, count: whole.area)
        for y in 0..<box.height {
            let from = max(0, box.y + y - radius - whole.y)
            let to = min(whole.height - 1, box.y + y + radius - whole.y)
            for row in from...to {
                for x in 0..<whole.width { grown[row * whole.width + x] |= wide[y * whole.width + x] }
            }
        }
        return Mask(grid: grid, box: whole, bits: grown)
    }
}
