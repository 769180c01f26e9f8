/// Complex moments of an object's pixels about their centre: with w = x + iy the means of w³, w²w̄ and w⁴, each a real and
/// an imaginary part, in powers of the image's longer side.
///
/// Turning an object by an angle only turns the mean of w^p w̄^q by p − q times that angle, so absolute values tell outlines
/// apart whichever way objects lie (Flusser, "On the independence of rotation moment invariants", 2000).
package struct OutlineMoments: Equatable, Sendable {
    package var third = SIMD2<Float>.zero
    package var mixedThird = SIMD2<Float>.zero
    package var fourth = SIMD2<Float>.zero

    package init() {}

    /// The means about another centre.
    ///
    /// - Parameters:
    ///   - offset: of the own centre from the other.
    ///   - square: the mean of w² about the own centre.
    ///   - spread: the mean of |w|² about the own centre.
    func moved(by offset: SIMD2<Float>, square: SIMD2<Float>, spread: Float) -> OutlineMoments {
        let shift = ComplexPowers(offset)
        var moved = OutlineMoments()
        let moments = [SIMD2<Float>(1, 0), .zero, square, third, fourth]
        moved.third = shift.mean(3, of: moments)
        moved.mixedThird =
            mixedThird + 2 * spread * offset + square.times(SIMD2(offset.x, -offset.y))
            + (offset * offset).sum() * offset
        moved.fourth = shift.mean(4, of: moments)
        return moved
    }

    static func weighted(_ one: OutlineMoments, _ share: Float, _ other: OutlineMoments) -> OutlineMoments {
        var mean = OutlineMoments()
        for value in values { mean[keyPath: value] = share * one[keyPath: value] + (1 - share) * other[keyPath: value] }
        return mean
    }

    /// In the order in which they are kept.
    package static var values: [WritableKeyPath<OutlineMoments, SIMD2<Float>>] {
        [\.third, \.mixedThird, \.fourth]
    }
}
