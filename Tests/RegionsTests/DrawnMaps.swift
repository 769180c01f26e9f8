import Imaging
import Inference

/// Part maps for tests: drawn from known objects as a perfect network would see them, or random.
enum DrawnMaps {
    /// Draws objects given by `label`, which says for every pixel which object it belongs to, 0 for none.
    ///
    /// A pixel is boundary when a neighbour, also by a corner, has another label; distances are to the nearest pixel
    /// of another label, divided by the largest of the object.
    static func objects(width: Int, height: Int, label: (_ x: Int, _ y: Int) -> Int) -> PartMaps {
        let labels = (0..<height).map { y in (0..<width).map { x in label(x, y) } }
        var object: [Float] = []
        var boundary: [Float] = []
        var distance: [Float] = []
        var largest: [Int: Float] = [:]
        for y in 0..<height {
            for x in 0..<width {
                var nearest = Float(width + height)
                for row in 0..<height {
                    for column in 0..<width where labels[row][column] != labels[y][x] {
                        let square = (row - y) * (row - y) + (column - x) * (column - x)
                        nearest = min(nearest, Float(square).squareRoot())
                    }
                }
                let isObject = labels[y][x] > 0
                object.append(isObject ? 1 : 0)
                boundary.append(isObject && nearest < 1.5 ? 1 : 0)
                distance.append(isObject ? nearest : 0)
                largest[labels[y][x]] = max(largest[labels[y][x]] ?? 0, nearest)
            }
        }
        for index in distance.indices {
            distance[index] /= largest[labels[index / width][index % width]] ?? 1
        }
        return PartMaps(
            size: PixelSize(width: width, height: height), object: object, boundary: boundary, distance: distance)
    }

    /// Random maps; `grain` above one makes patches of about that many pixels, as a network's maps have.
    static func random(width: Int, height: Int, grain: Int, using generator: inout SeededGenerator) -> PartMaps {
        func map(lowest: Float) -> [Float] {
            let coarse = (0..<(width / grain + 2) * (height / grain + 2)).map { _ in
                Float.random(in: lowest...1, using: &generator)
            }
            let columns = width / grain + 2
            return (0..<width * height).map { index in
                let (x, y) = (index % width, index / width)
                let (column, row) = (x / grain, y / grain)
                let (right, down) = (Float(x % grain) / Float(grain), Float(y % grain) / Float(grain))
                let above =
                    coarse[row * columns + column] * (1 - right) + coarse[row * columns + column + 1] * right
                let below =
                    coarse[(row + 1) * columns + column] * (1 - right)
                    + coarse[(row + 1) * columns + column + 1] * right
                return above * (1 - down) + below * down
            }
        }
        return PartMaps(
            size: PixelSize(width: width, height: height), object: map(lowest: 0.25), boundary: map(lowest: 0),
            distance: map(lowest: 0.1))
    }

    /// Random maps of many small sizes and grains, with the seed each was made from.
    static func randomCases(count: Int) -> [(seed: UInt64, maps: PartMaps)] {
        (0..<UInt64(count)).map { seed in
            var generator = SeededGenerator(seed: seed)
            let width = Int.random(in: 1...28, using: &generator)
            let height = Int.random(in: 1...28, using: &generator)
            let grain = Int.random(in: 1...6, using: &generator)
            return (seed, random(width: width, height: height, grain: grain, using: &generator))
        }
    }
}
