/// The powers of a complex number, from the zeroth to the fourth.
struct ComplexPowers<Scalar: SIMDScalar & BinaryFloatingPoint> {
    private let powers: [SIMD2<Scalar>]

    init(_ value: SIMD2<Scalar>) {
        var powers: [SIMD2<Scalar>] = [SIMD2(1, 0)]
        for _ in 1...4 { powers.append(powers[powers.count - 1].times(value)) }
        self.powers = powers
    }

    /// The mean of (w + value)^degree, from the means of w^0 … w^degree (binomial theorem).
    func mean(_ degree: Int, of moments: [SIMD2<Scalar>]) -> SIMD2<Scalar> {
        var sum = SIMD2<Scalar>.zero
        var choices = 1
        for index in 0...degree {
            sum += Scalar(choices) * moments[index].times(powers[degree - index])
            choices = choices * (degree - index) / (index + 1)
        }
        return sum
    }
}

extension SIMD2 where Scalar: BinaryFloatingPoint {
    /// The product as complex numbers.
    func times(_ other: Self) -> Self {
        Self(x * other.x - y * other.y, x * other.y + y * other.x)
    }
}
