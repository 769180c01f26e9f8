internal import RealModule

/// A map of the plane that keeps the origin: rows of a 2×2 matrix.
struct LinearMap {
    let first: SIMD2<Float>
    let second: SIMD2<Float>

    static let identity = LinearMap(first: SIMD2(1, 0), second: SIMD2(0, 1))
    static let quarterTurn = LinearMap(first: SIMD2(0, -1), second: SIMD2(1, 0))
    static let halfTurn = LinearMap(first: SIMD2(-1, 0), second: SIMD2(0, -1))

    static func scaling(by factor: Float) -> LinearMap {
        LinearMap(first: SIMD2(factor, 0), second: SIMD2(0, factor))
    }

    /// Lengths along a direction (radians, clockwise from the x axis) become `factor` times as long; others stay.
    static func scaling(by factor: Float, along direction: Float) -> LinearMap {
        let unit = SIMD2(Float.cos(direction), Float.sin(direction))
        return LinearMap(
            first: SIMD2(1, 0) + (factor - 1) * unit.x * unit, second: SIMD2(0, 1) + (factor - 1) * unit.y * unit)
    }

    func callAsFunction(_ place: SIMD2<Float>) -> SIMD2<Float> {
        SIMD2((first * place).sum(), (second * place).sum())
    }

    /// - Precondition: the map does not flatten the plane.
    var inverse: LinearMap {
        let determinant = first.x * second.y - first.y * second.x
        precondition(determinant != 0)
        return LinearMap(
            first: SIMD2(second.y, -first.y) / determinant, second: SIMD2(-second.x, first.x) / determinant)
    }
}
