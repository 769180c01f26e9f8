package import Imaging

/// How unusual every pixel of an image is: structural distances, with the costs of objects added where they lie.
package struct AnomalyMap: Equatable, Sendable {
    package let size: PixelSize

    /// `size.pixelCount` values, row by row.
    package internal(set) var values: [Float]

    /// A map of zeros.
    package init(size: PixelSize) {
        precondition(size.width > 0 && size.height > 0)
        self.size = size
        values = [Float](repeating: 0, count: size.pixelCount)
    }

    /// Enlarges a grid of values to an image: bilinear, pixel centres at halves, clamped at the edges.
    ///
    /// - Parameter grid: `gridHeight * gridWidth` values, row by row.
    package init(upsampling grid: [Float], gridHeight: Int, gridWidth: Int, to size: PixelSize) {
        precondition(gridHeight > 0 && gridWidth > 0 && grid.count == gridHeight * gridWidth)
        self.init(size: size)
        let rows = Self.samples(of: gridHeight, count: size.height)
        let columns = Self.samples(of: gridWidth, count: size.width)
        // Each grid row is widened once and blended into all the image rows between it and the next.
        var upper = [Float](repeating: 0, count: size.width)
        var lower = upper
        var widened = (upper: -1, lower: -1)
        func widen(_ row: Int, into target: inout [Float]) {
            for (x, sample) in columns.enumerated() {
                let first = grid[row * gridWidth + sample.first]
                target[x] = first + sample.share * (grid[row * gridWidth + sample.second] - first)
            }
        }
        for (y, sample) in rows.enumerated() {
            if widened.upper != sample.first {
                widen(sample.first, into: &upper)
                widened.upper = sample.first
            }
            if widened.lower != sample.second {
                widen(sample.second, into: &lower)
                widened.lower = sample.second
            }
            let start = y * size.width
            for x in 0..<size.width {
                values[start + x] = upper[x] + sample.share * (lower[x] - upper[x])
            }
        }
    }

    /// Adds a cost to every pixel of a mask.
    ///
    /// - Precondition: the mask lies on a grid of the map's size.
    package mutating func add(_ cost: Float, on mask: Mask) {
        precondition(mask.grid == size)
        let box = mask.box
        for y in 0..<max(0, box.height) {
            let source = y * box.width
            let target = (box.y + y) * size.width + box.x
            for x in 0..<box.width where mask.bits[source + x] != 0 { values[target + x] += cost }
        }
    }

    /// Makes every pixel of a mask at least this high.
    ///
    /// - Precondition: the mask lies on a grid of the map's size.
    package mutating func raise(to value: Float, on mask: Mask) {
        precondition(mask.grid == size)
        let box = mask.box
        for y in 0..<max(0, box.height) {
            let source = y * box.width
            let target = (box.y + y) * size.width + box.x
            for x in 0..<box.width where mask.bits[source + x] != 0 {
                values[target + x] = max(values[target + x], value)
            }
        }
    }

    /// This map on another grid: each target pixel takes the value under its centre.
    package func scaled(to target: PixelSize) -> AnomalyMap {
        if target == size { return self }
        var map = AnomalyMap(size: target)
        for y in 0..<target.height {
            let row = (2 * y + 1) * size.height / (2 * target.height) * size.width
            for x in 0..<target.width {
                map.values[y * target.width + x] = values[row + (2 * x + 1) * size.width / (2 * target.width)]
            }
        }
        return map
    }

    package var maximum: Float { values.max() ?? 0 }

    /// Where a sample between two neighbours lies and how much of the second it takes.
    private struct Sample {
        let first: Int
        let second: Int
        let share: Float
    }

    private static func samples(of sourceCount: Int, count: Int) -> [Sample] {
        let scale = Double(sourceCount) / Double(count)
        return (0..<count).map { index in
            let place = min(max((Double(index) + 0.5) * scale - 0.5, 0), Double(sourceCount - 1))
            let first = Int(place)
            return Sample(
                first: first, second: min(first + 1, sourceCount - 1), share: Float(place - Double(first)))
        }
    }
}
