import Composition
import Imaging
import Inference
import Testing

struct CellWeightsTests {
    /// A mask from a picture: `#` is set.
    private func mask(_ picture: [String]) -> Mask {
        let rows = picture.map { Array($0) }
        let size = PixelSize(width: rows[0].count, height: rows.count)
        let box = PixelBox(x: 0, y: 0, width: size.width, height: size.height)
        return Mask(grid: size, box: box, bits: rows.flatMap { $0.map { $0 == "#" ? 1 : 0 } })
    }

    /// Every pixel against every cell, in doubles.
    private func slowAreas(_ mask: Mask, _ gridHeight: Int, _ gridWidth: Int) -> [Double] {
        func overlap(_ cell: Int, _ pixel: Int, _ cells: Int, _ pixels: Int) -> Double {
            let stride = Double(pixels) / Double(cells)
            return max(0, min(Double(cell + 1) * stride, Double(pixel + 1)) - max(Double(cell) * stride, Double(pixel)))
        }
        var areas = [Double](repeating: 0, count: gridHeight * gridWidth)
        for y in 0..<mask.grid.height {
            for x in 0..<mask.grid.width where mask.contains(x: x, y: y) {
                for cellY in 0..<gridHeight {
                    for cellX in 0..<gridWidth {
                        areas[cellY * gridWidth + cellX] +=
                            overlap(cellY, y, gridHeight, mask.grid.height)
                            * overlap(cellX, x, gridWidth, mask.grid.width)
                    }
                }
            }
        }
        return areas
    }

    @Test(arguments: [(2, 2), (4, 8), (3, 5), (1, 1), (7, 3), (16, 16), (9, 11)])
    func areasAgreeWithCountingEveryPixel(gridHeight: Int, gridWidth: Int) {
        let masks = [
            mask(["##......", "###...#.", "........", ".....###"]),
            mask(["#######", "#.....#", "#######", "...#...", ".......", "#.#.#.#"]),
            Mask(
                grid: PixelSize(width: 10, height: 9), box: PixelBox(x: 6, y: 3, width: 3, height: 5),
                bits: [1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1]),
        ]
        for mask in masks {
            let weights = CellWeights(of: mask, gridHeight: gridHeight, gridWidth: gridWidth)
            var areas = [Double](repeating: 0, count: gridHeight * gridWidth)
            for (cell, area) in zip(weights.cells, weights.areas) { areas[cell] = Double(area) }
            let slow = slowAreas(mask, gridHeight, gridWidth)
            #expect(zip(areas, slow).allSatisfy { abs($0 - $1) < 1e-4 }, "\(areas) against \(slow)")
            #expect(abs(areas.reduce(0, +) - Double(mask.area)) < 1e-3)
            #expect(weights.cells == weights.cells.sorted())
        }
    }

    @Test func theMeanIsWeightedByCoveredArea() throws {
        let features = FeatureGrid(height: 1, width: 2, channelCount: 2, values: [1, 10, 5, 20])
        let weights = CellWeights(of: mask([".###"]), gridHeight: 1, gridWidth: 2)
        let mean = try #require(weights.mean(of: features))
        #expect(zip(mean, [11.0 / 3, 50.0 / 3]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func aMaskWithoutAPixelHasNoMean() {
        let empty = Mask(
            grid: PixelSize(width: 4, height: 4), box: PixelBox(x: 0, y: 0, width: 0, height: 0), bits: [])
        let weights = CellWeights(of: empty, gridHeight: 2, gridWidth: 2)
        #expect(weights.cells.isEmpty)
        #expect(weights.mean(of: FeatureGrid(height: 2, width: 2, channelCount: 1, values: [1, 2, 3, 4])) == nil)
    }
}
