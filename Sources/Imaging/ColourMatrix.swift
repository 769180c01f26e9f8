/// The five factors that turn luma and chroma into red, green and blue, in fixed point that fits 16-bit lanes.
///
/// ITU-R BT.601-7, section 2.5: with the luma shares Kr, Kg, Kb of the primaries, R = Y + 2(1−Kr)·V, B = Y + 2(1−Kb)·U
/// and G = Y − (2(1−Kr)·Kr·V + 2(1−Kb)·Kb·U) / Kg, after stretching a limited range to 0…255. Results are within 0.7 of
/// the real numbers.
struct ColourMatrix {
    /// A number with 11 binary places, of which a product keeps 5: what 16 bits hold without overflow, since all sums
    /// stay within −300 and 560.
    struct Factor {
        private let whole: Int16
        private let fraction: Int16

        init(_ value: Double) {
            let scaled = Int16((value * 2048).rounded())
            whole = scaled >> 6
            fraction = scaled & 63
        }

        /// `sample` times this number, times 32.
        @inline(__always)
        func times(_ sample: Int16) -> Int16 {
            sample &* whole &+ ((sample &* fraction) &>> 6)
        }
    }

    let luma: Factor
    let lumaFloor: Int16
    let redFromV: Factor
    let greenFromU: Factor
    let greenFromV: Factor
    let blueFromU: Factor

    init(_ encoding: ColourEncoding) {
        let (red, blue) = encoding.standard.shares
        let green = 1 - red - blue
        let isLimited = encoding.range == .limited
        let chromaStretch = isLimited ? 255.0 / 224.0 : 1
        luma = Factor(isLimited ? 255.0 / 219.0 : 1)
        lumaFloor = isLimited ? 16 : 0
        redFromV = Factor(2 * (1 - red) * chromaStretch)
        greenFromU = Factor(-2 * (1 - blue) * blue / green * chromaStretch)
        greenFromV = Factor(-2 * (1 - red) * red / green * chromaStretch)
        blueFromU = Factor(2 * (1 - blue) * chromaStretch)
    }
}
