extension Mask {
    /// This mask on another grid: each target pixel takes the source pixel under its centre.
    ///
    /// Areas scale as the grids do; parts thinner than a target pixel may vanish.
    package func scaled(to target: PixelSize) -> Mask {
        if target == grid { return self }
        let columns = Self.targets(of: box.x..<box.maxX, sourceCount: grid.width, targetCount: target.width)
        let rows = Self.targets(of: box.y..<box.maxY, sourceCount: grid.height, targetCount: target.height)
        guard !columns.isEmpty, !rows.isEmpty else { return Mask(emptyOn: target) }
        let sources = columns.map { Self.source(under: $0, sourceCount: grid.width, targetCount: target.width) - box.x }
        let scaledBox = PixelBox(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
        var scaledBits = [UInt8](repeating: 0, count: scaledBox.area)
        for (index, y) in rows.enumerated() {
            let source = Self.source(under: y, sourceCount: grid.height, targetCount: target.height) - box.y
            let row = bits.span.extracting(source * box.width..<(source + 1) * box.width)
            for x in sources.indices { scaledBits[index * columns.count + x] = row[sources[x]] }
        }
        let scaled = Mask(grid: target, box: scaledBox, bits: scaledBits)
        // Shrinking may skip the rows and columns that held the box open.
        return target.width < grid.width || target.height < grid.height ? scaled.tightened : scaled
    }

    /// The source index under the centre of a target pixel: floor((index + ½) · source / target).
    private static func source(under index: Int, sourceCount: Int, targetCount: Int) -> Int {
        (2 * index + 1) * sourceCount / (2 * targetCount)
    }

    /// The target indices whose source index lies in `sources`.
    private static func targets(of sources: Range<Int>, sourceCount: Int, targetCount: Int) -> Range<Int> {
        // smallest index with (2·index + 1)·source ≥ 2·bound·target
        func first(from bound: Int) -> Int {
            let numerator = 2 * bound * targetCount - sourceCount
            return numerator <= 0 ? 0 : (numerator + 2 * sourceCount - 1) / (2 * sourceCount)
        }
        let lower = first(from: sources.lowerBound)
        return lower..<max(lower, first(from: sources.upperBound))
    }
}
