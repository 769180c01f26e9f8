import Imaging
import Inference
import Regions
import Testing

@Suite struct SeedMapTests {
    @Test func theSeedMapIsTheMirroredConvolutionOfTheProduct() {
        let settings = RegionSettings.standard
        for (seed, maps) in DrawnMaps.randomCases(count: 40) {
            var workspace = RegionWorkspace()
            workspace.prepare(for: maps.size)
            workspace.drawSeedMap(from: maps, settings: settings)
            let found = PlainGrid(size: maps.size).unpadded(workspace.seedMap)
            let expected = Self.slowSeedMap(maps)
            for pixel in expected.indices {
                #expect(abs(found[pixel] - expected[pixel]) < 1e-5, "seed \(seed), pixel \(pixel)")
            }
        }
    }

    @Test func theFrameOfTheSeedMapStaysZero() {
        let maps = DrawnMaps.objects(width: 5, height: 4) { _, _ in 1 }
        var workspace = RegionWorkspace()
        workspace.prepare(for: maps.size)
        workspace.drawSeedMap(from: maps, settings: .standard)
        #expect(workspace.seedMap.reduce(0, +) == PlainGrid(size: maps.size).unpadded(workspace.seedMap).reduce(0, +))
    }

    /// The Gaussian of standard deviation 0.7 cut at 3 pixels: its values by hand, exp(-d² / 0.98) over their sum.
    private static func slowSeedMap(_ maps: PartMaps) -> [Float] {
        let taps: [Double] = [1.0, 0.360_447_8, 0.016_879_9, 0.000_102_7]
        let sum = taps[0] + 2 * (taps[1] + taps[2] + taps[3])
        func mirrored(_ index: Int, _ count: Int) -> Int {
            var index = index
            while count > 1, index < 0 || index >= count { index = index < 0 ? -index : 2 * count - 2 - index }
            return count > 1 ? index : 0
        }
        return (0..<maps.size.pixelCount).map { pixel in
            var value = 0.0
            for down in -3...3 {
                for right in -3...3 {
                    let x = mirrored(pixel % maps.size.width + right, maps.size.width)
                    let y = mirrored(pixel / maps.size.width + down, maps.size.height)
                    let source = y * maps.size.width + x
                    let product =
                        maps.distance[source] * maps.object[source] * (1 - 0.45 * maps.boundary[source])
                    value += Double(product) * taps[abs(down)] * taps[abs(right)] / (sum * sum)
                }
            }
            return Float(value)
        }
    }
}
