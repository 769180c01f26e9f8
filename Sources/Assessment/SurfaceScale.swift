package import SupportSets

/// What a structural distance counts at each place: the more, the less good images differ there.
package struct SurfaceScale: Sendable {
    private let height: Int
    private let width: Int
    private let factors: [Float]

    /// Good images are never the same to the last bit: differences are compared to theirs and this much more.
    private static let noise: Float = 0.06

    /// Distances come out as if good images differed by so much everywhere.
    private static let usual: Float = 0.2

    /// A scaled distance below this is no more than good images differ by and noise.
    package static let smallestLevel = noise + usual

    /// - Parameter spread: nil where all places count alike.
    package init(_ spread: SurfaceSpread?) {
        height = spread?.height ?? 1
        width = spread?.width ?? 1
        factors =
            spread.map { spread in
                spread.cells.indices.map { (Self.noise + Self.usual) / (Self.noise + spread[$0]) }
            } ?? [1]
    }

    /// The factor at a cell of a map of some size.
    package func factor(x: Int, y: Int, of map: (height: Int, width: Int)) -> Float {
        factors[min(height - 1, y * height / map.height) * width + min(width - 1, x * width / map.width)]
    }

    /// A map with each of its distances scaled.
    package func applied(to map: StructuralMap) -> StructuralMap {
        var scaled = map
        for y in 0..<map.height {
            for x in 0..<map.width {
                scaled.distances[y * map.width + x] *= factor(x: x, y: y, of: (map.height, map.width))
            }
        }
        return scaled
    }
}

extension SurfaceSpread {
    /// A few images tell little of a single place: so much of what it is taken for comes from all places together.
    private static let commonShare: Float = 0.3

    /// What the maps of good images, each judged by the others, say of each place: the root of their mean square,
    /// drawn towards that of all places.
    ///
    /// - Parameter maps: smoothed and widened, since what differs at one place may differ beside it the next time; at least
    ///   one, of one size.
    package init(ofWidened maps: [StructuralMap]) {
        var squares = [Float](repeating: 0, count: maps[0].distances.count)
        for map in maps {
            for cell in squares.indices { squares[cell] += map.distances[cell] * map.distances[cell] }
        }
        let own = StructuralMap(
            height: maps[0].height, width: maps[0].width,
            distances: squares.map { ($0 / Float(maps.count)).squareRoot() }
        ).smoothed()
        let all = (own.distances.reduce(0) { $0 + $1 * $1 } / Float(own.distances.count)).squareRoot()
        self.init(
            height: own.height, width: own.width,
            distances: own.distances.map { $0 + Self.commonShare * (all - $0) })
    }
}

extension StructuralMap {
    /// Each value replaced by the largest of its 3×3 neighbourhood.
    package func widened() -> StructuralMap {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                var largest: Float = 0
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) {
                        largest = max(largest, distances[row * width + column])
                    }
                }
                result.distances[y * width + x] = largest
            }
        }
        return result
    }
}
