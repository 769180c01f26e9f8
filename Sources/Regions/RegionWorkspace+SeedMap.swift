internal import Imaging
package import Inference
internal import RealModule

extension RegionWorkspace {
    /// Draws the seed map: distance · object · (1 − penalty · boundary), smoothed by a Gaussian.
    ///
    /// The kernel reaches four standard deviations and pictures are mirrored at their edges without repeating the
    /// edge pixel, as OpenCV's `GaussianBlur` does for floats.
    package mutating func drawSeedMap(from maps: PartMaps, settings: RegionSettings) {
        precondition(maps.size == grid.size)
        let width = maps.size.width
        let height = maps.size.height
        let kernel = Self.gaussian(sigma: settings.seedBlur)
        let reach = kernel.count / 2
        if line.count != width + 2 * reach { line = [Float](repeating: 0, count: width + 2 * reach) }

        let object = maps.object.span
        let boundary = maps.boundary.span
        let distance = maps.distance.span
        let taps = kernel.span
        var line: [Float] = []
        swap(&line, &self.line)
        do {
            var rows = rows.mutableSpan
            for y in 0..<height {
                let start = y * width
                for x in 0..<width {
                    let value = distance[start + x] * object[start + x]
                    line[reach + x] = value * (1 - settings.boundaryPenalty * boundary[start + x])
                }
                for step in 0..<reach {
                    line[reach - 1 - step] = line[reach + Self.mirrored(-1 - step, count: width)]
                    line[reach + width + step] = line[reach + Self.mirrored(width + step, count: width)]
                }
                // Tap by tap, so that neighbouring pixels are worked on at once.
                let padded = line.span
                for x in 0..<width { rows[start + x] = 0 }
                for tap in taps.indices {
                    let weight = taps[tap]
                    for x in 0..<width {
                        rows[start + x] = Relaxed.multiplyAdd(weight, padded[tap + x], rows[start + x])
                    }
                }
            }
        }

        swap(&line, &self.line)

        let filtered = self.rows
        let grid = grid
        let rows = filtered.span
        var seedMap = seedMap.mutableSpan
        for y in 0..<height {
            let target = grid.index(x: 0, y: y)
            for x in 0..<width { seedMap[target + x] = 0 }
            for tap in taps.indices {
                let source = Self.mirrored(y + tap - reach, count: height) * width
                let weight = taps[tap]
                for x in 0..<width {
                    seedMap[target + x] = Relaxed.multiplyAdd(weight, rows[source + x], seedMap[target + x])
                }
            }
        }
    }

    /// The taps of a Gaussian whose sum is one; a single tap when nothing is to be smoothed.
    static func gaussian(sigma: Float) -> [Float] {
        guard sigma > 0 else { return [1] }
        let reach = Int((4 * sigma).rounded())
        var taps = (-reach...reach).map { Float.exp(-Float($0 * $0) / (2 * sigma * sigma)) }
        let sum = taps.reduce(0, +)
        for index in taps.indices { taps[index] /= sum }
        return taps
    }

    /// An index mirrored into `0..<count` about its first and last element.
    static func mirrored(_ index: Int, count: Int) -> Int {
        guard count > 1 else { return 0 }
        var index = index
        while index < 0 || index >= count {
            index = index < 0 ? -index : 2 * (count - 1) - index
        }
        return index
    }
}
