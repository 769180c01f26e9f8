package import Imaging
package import Inference
internal import RealModule

/// How much of each cell of a feature grid a mask covers, in pixels of the mask's own grid.
///
/// The feature grid covers the whole image, so a cell is `image / grid` pixels wide and high; neither has to be whole.
package struct CellWeights: Equatable, Sendable {
    /// Cells the mask touches, ascending; cell (y, x) is `y * width + x`.
    package let cells: [Int]

    /// The covered area of each of them, pixels, above zero.
    package let areas: [Float]

    /// - Parameters:
    ///   - gridHeight: cells from top to bottom, at least one.
    ///   - gridWidth: cells from left to right, at least one.
    package init(of mask: Mask, gridHeight: Int, gridWidth: Int) {
        precondition(gridHeight > 0 && gridWidth > 0)
        var cells: [Int] = []
        var areas: [Float] = []
        let box = mask.box
        if mask.area > 0 {
            let rows = GridAxis(cellCount: gridHeight, pixelCount: mask.grid.height)
            let columns = GridAxis(cellCount: gridWidth, pixelCount: mask.grid.width)
            // For one row of cells: how much of each pixel column is covered, then its running sum from the left.
            var coverage = [Float](repeating: 0, count: box.width)
            var running = [Float](repeating: 0, count: box.width + 1)
            for cellY in rows.cells(touching: box.y..<box.maxY) {
                for x in coverage.indices { coverage[x] = 0 }
                for y in rows.pixels(under: cellY) where y >= box.y && y < box.maxY {
                    let share = rows.overlap(cell: cellY, pixel: y)
                    let start = (y - box.y) * box.width
                    for x in 0..<box.width {
                        coverage[x] = Relaxed.multiplyAdd(share, Float(mask.bits[start + x]), coverage[x])
                    }
                }
                for x in coverage.indices { running[x + 1] = running[x] + coverage[x] }
                for cellX in columns.cells(touching: box.x..<box.maxX) {
                    let area = Self.area(under: columns.edges(of: cellX), from: box.x, coverage, running)
                    guard area > 0 else { continue }
                    cells.append(cellY * gridWidth + cellX)
                    areas.append(area)
                }
            }
        }
        self.cells = cells
        self.areas = areas
    }

    /// The mean feature under the mask, `Σ aⱼ fⱼ / Σ aⱼ`, one value a channel; nil for a mask without a pixel.
    package func mean(of features: FeatureGrid) -> [Float]? {
        guard !cells.isEmpty else { return nil }
        let channelCount = features.channelCount
        var sum = [Float](repeating: 0, count: channelCount)
        var total: Float = 0
        for (cell, area) in zip(cells, areas) {
            total += area
            let start = cell * channelCount
            for channel in 0..<channelCount {
                sum[channel] = Relaxed.multiplyAdd(area, features.values[start + channel], sum[channel])
            }
        }
        for channel in sum.indices { sum[channel] /= total }
        return sum
    }

    /// The covered area between two edges given in pixels of the image.
    private static func area(
        under edges: (lower: Float, upper: Float), from origin: Int, _ coverage: [Float], _ running: [Float]
    ) -> Float {
        func covered(before edge: Float) -> Float {
            let place = edge - Float(origin)
            guard place > 0 else { return 0 }
            guard place < Float(coverage.count) else { return running[coverage.count] }
            let whole = Int(place)
            return running[whole] + (place - Float(whole)) * coverage[whole]
        }
        return covered(before: edges.upper) - covered(before: edges.lower)
    }
}

/// Cells laid along a line of pixels. Places are kept in units of a pixel divided by the cell count, where every edge is
/// a whole number.
private struct GridAxis {
    let cellCount: Int
    let pixelCount: Int

    func edges(of cell: Int) -> (lower: Float, upper: Float) {
        (
            Float(cell * pixelCount) / Float(cellCount),
            Float((cell + 1) * pixelCount) / Float(cellCount)
        )
    }

    func cells(touching pixels: Range<Int>) -> Range<Int> {
        let first = pixels.lowerBound * cellCount / pixelCount
        let end = (pixels.upperBound * cellCount + pixelCount - 1) / pixelCount
        return first..<min(end, cellCount)
    }

    func pixels(under cell: Int) -> Range<Int> {
        cell * pixelCount / cellCount..<((cell + 1) * pixelCount + cellCount - 1) / cellCount
    }

    /// The part of a pixel that lies in a cell, 0...1.
    func overlap(cell: Int, pixel: Int) -> Float {
        let lower = max(cell * pixelCount, pixel * cellCount)
        let upper = min((cell + 1) * pixelCount, (pixel + 1) * cellCount)
        return Float(max(0, upper - lower)) / Float(cellCount)
    }
}
