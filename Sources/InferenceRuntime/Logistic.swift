internal import RealModule

/// The logistic function, in arithmetic that a loop can do for many values at once.
enum Logistic {
    /// 1 / (1 + exp(−x)), within 2e−7 of the true value; beyond ±30 it no longer changes.
    @inline(always)
    static func value(at x: Float) -> Float {
        1 / (1 + exponential(-min(max(x, -30), 30)))
    }

    /// exp(x) for −30 ≤ x ≤ 30: 2^whole · 2^rest, with a polynomial for |rest| ≤ ½.
    @inline(always)
    private static func exponential(_ x: Float) -> Float {
        let scaled = x * 1.442_695_04
        // Adding 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits.
        let shifted = scaled + 12_582_912
        let rest = scaled - (shifted - 12_582_912)
        var power: Float = 1.540_353e-4
        power = Relaxed.multiplyAdd(power, rest, 1.333_356e-3)
        power = Relaxed.multiplyAdd(power, rest, 9.618_129e-3)
        power = Relaxed.multiplyAdd(power, rest, 5.550_411e-2)
        power = Relaxed.multiplyAdd(power, rest, 2.402_265e-1)
        power = Relaxed.multiplyAdd(power, rest, 6.931_472e-1)
        power = Relaxed.multiplyAdd(power, rest, 1)
        return Float(bitPattern: power.bitPattern &+ (shifted.bitPattern &<< 23))
    }
}
