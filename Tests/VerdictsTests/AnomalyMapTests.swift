import Imaging
import Testing
import Verdicts

struct AnomalyMapTests {
    private func random(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: 0...1) } }

    /// A map with these values: upsampling to the same size changes nothing.
    private func map(_ values: [Float], width: Int, height: Int) -> AnomalyMap {
        AnomalyMap(
            upsampling: values, gridHeight: height, gridWidth: width, to: PixelSize(width: width, height: height))
    }

    @Test func enlargingPlacesCentresAtHalvesAndClampsAtTheEdges() {
        let enlarged = AnomalyMap(upsampling: [0, 4], gridHeight: 1, gridWidth: 2, to: PixelSize(width: 4, height: 2))
        #expect(enlarged.values == [0, 1, 3, 4, 0, 1, 3, 4])
        #expect(map([1, 2, 3, 4], width: 2, height: 2).values == [1, 2, 3, 4])
    }

    @Test func enlargingAgreesWithTheTextbookFormula() {
        let grid = random(5 * 7)
        let size = PixelSize(width: 23, height: 17)
        let enlarged = AnomalyMap(upsampling: grid, gridHeight: 5, gridWidth: 7, to: size)
        func place(_ index: Int, _ from: Int, _ to: Int) -> (Int, Int, Double) {
            let exact = min(max((Double(index) + 0.5) * Double(from) / Double(to) - 0.5, 0), Double(from - 1))
            return (Int(exact), min(Int(exact) + 1, from - 1), exact - exact.rounded(.down))
        }
        for y in 0..<size.height {
            for x in 0..<size.width {
                let (top, bottom, down) = place(y, 5, size.height)
                let (left, right, across) = place(x, 7, size.width)
                func value(_ row: Int) -> Double {
                    Double(grid[row * 7 + left]) * (1 - across) + Double(grid[row * 7 + right]) * across
                }
                let expected = value(top) * (1 - down) + value(bottom) * down
                #expect(abs(Double(enlarged.values[y * size.width + x]) - expected) < 1e-5)
            }
        }
    }

    @Test func overlappingMasksAddTheirCosts() {
        var map = AnomalyMap(size: PixelSize(width: 3, height: 2))
        map.add(
            0.5,
            on: Mask(grid: map.size, box: PixelBox(x: 0, y: 0, width: 2, height: 2), bits: [1, 1, 0, 1]))
        map.add(1, on: Mask(grid: map.size, box: PixelBox(x: 1, y: 1, width: 2, height: 1), bits: [1, 1]))
        #expect(map.values == [0.5, 0.5, 0, 0, 1.5, 1])
        #expect(map.maximum == 1.5)
    }

    /// Two-dimensional convolution, straight from the definition.
    private func slowBlur(_ values: [Float], width: Int, height: Int, sigma: Double) -> [Double] {
        let radius = Int((4 * sigma).rounded())
        var kernel = (-radius...radius).map { step in exponential(-Double(step * step) / (2 * sigma * sigma)) }
        let total = kernel.reduce(0, +)
        kernel = kernel.map { $0 / total }
        func mirrored(_ place: Int, _ count: Int) -> Int {
            var place = place
            while place < 0 || place >= count { place = place < 0 ? -1 - place : 2 * count - 1 - place }
            return place
        }
        return (0..<width * height).map { index in
            var sum = 0.0
            for dy in -radius...radius {
                for dx in -radius...radius {
                    let y = mirrored(index / width + dy, height)
                    let x = mirrored(index % width + dx, width)
                    sum += kernel[dy + radius] * kernel[dx + radius] * Double(values[y * width + x])
                }
            }
            return sum
        }
    }

    /// eˣ for x ≤ 0 as the 1024th power of a short series.
    private func exponential(_ x: Double) -> Double {
        let part = x / 1024
        var power = 1 + part * (1 + part / 2 * (1 + part / 3 * (1 + part / 4)))
        for _ in 0..<10 { power *= power }
        return power
    }

    @Test(arguments: [(13, 9, 1.0), (5, 3, 4.0), (1, 1, 2.0), (40, 33, 2.3), (2, 7, 0.3)])
    func blurringAgreesWithTheDefinition(width: Int, height: Int, sigma: Double) {
        let values = random(width * height)
        var blurred = map(values, width: width, height: height)
        blurred.blur(sigma: Float(sigma))
        let slow = slowBlur(values, width: width, height: height, sigma: sigma)
        #expect(zip(blurred.values, slow).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }

    @Test func aZeroSigmaLeavesTheMapAlone() {
        let before = map([1, 2, 3, 4], width: 2, height: 2)
        var after = before
        after.blur(sigma: 0)
        #expect(after == before)
    }

    @Test(arguments: [0.0, 0.001, 0.01, 0.05, 0.37, 1.0])
    func theTopMeanIsThatOfTheSortedValues(fraction: Double) {
        for shape in [(1, 1), (10, 10), (100, 37)] {
            let lists: [[Float]] = [
                random(shape.0 * shape.1), random(shape.0 * shape.1).map { $0 * $0 * $0 * $0 * 1000 - 3 },
                random(shape.0 * shape.1).map { ($0 * 3).rounded() }, [Float](repeating: 2, count: shape.0 * shape.1),
            ]
            for values in lists {
                let count = max(1, Int((fraction * Double(values.count)).rounded(.up)))
                let expected = values.sorted(by: >).prefix(count).reduce(0.0) { $0 + Double($1) } / Double(count)
                let mean = map(values, width: shape.0, height: shape.1).topMean(fraction: fraction)
                #expect(abs(Double(mean) - expected) < 1e-5 * max(1, abs(expected)))
            }
        }
    }

    @Test func aMapWithANumberMissingHasNoScore() {
        #expect(map([1, .nan, 2, 3], width: 2, height: 2).topMean(fraction: 0.5).isNaN)
        #expect(map([.nan], width: 1, height: 1).topMean(fraction: 0.5).isNaN)
    }
}
