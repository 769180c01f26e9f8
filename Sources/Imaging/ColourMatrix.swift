/// The five factors that turn luma and chroma into red, green and blue, in 16.16 fixed point.
///
/// ITU-R BT.601-7, section 2.5: with the luma shares Kr, Kg, Kb of the primaries, R = Y + 2(1−Kr)·V, B = Y + 2(1−Kb)·U
/// and G = Y − (2(1−Kr)·Kr·V + 2(1−Kb)·Kb·U) / Kg, after stretching a limited range to 0…255.
struct ColourMatrix {
    private let luma: Int32
    private let lumaFloor: Int32
    private let redFromV: Int32
    private let greenFromU: Int32
    private let greenFromV: Int32
    private let blueFromU: Int32

    /// The byte nearest to each whole number from −384 on. All encodings stay within −300 and 560. A table, because the
    /// compiler makes branches of `min` and `max` here, and those cost four times as much on a noisy picture.
    private let bytes: [UInt8]

    private static let lowest: Int32 = -384

    init(_ encoding: ColourEncoding) {
        let red: Double
        let blue: Double
        switch encoding.standard {
        case .bt601: (red, blue) = (0.299, 0.114)
        case .bt709: (red, blue) = (0.2126, 0.0722)
        }
        let green = 1 - red - blue
        let isLimited = encoding.range == .limited
        let lumaStretch = isLimited ? 255.0 / 219.0 : 1
        let chromaStretch = isLimited ? 255.0 / 224.0 : 1
        func fixed(_ factor: Double) -> Int32 { Int32((factor * 65_536).rounded()) }
        luma = fixed(lumaStretch)
        lumaFloor = isLimited ? 16 : 0
        redFromV = fixed(2 * (1 - red) * chromaStretch)
        greenFromU = fixed(-2 * (1 - blue) * blue / green * chromaStretch)
        greenFromV = fixed(-2 * (1 - red) * red / green * chromaStretch)
        blueFromU = fixed(2 * (1 - blue) * chromaStretch)
        bytes = (0..<1024).map { UInt8(max(0, min(255, $0 + Self.lowest))) }
    }

    /// Where the samples of one row lie in the frame's bytes.
    struct Row {
        let luma: Int
        let lumaStep: Int
        let u: Int
        let v: Int
        let chromaStep: Int
    }

    /// Writes one row of `width` pixels to `target` from `start` on; two neighbours share their chroma.
    ///
    /// - Precondition: the samples lie in `source` and the row in `target`.
    @inline(__always)
    func convert(
        _ row: Row, of source: Span<UInt8>, width: Int, into target: inout MutableSpan<UInt8>, at start: Int
    ) {
        let lastPair = (width - 1) / 2
        precondition(row.luma + (width - 1) * row.lumaStep < source.count)
        precondition(max(row.u, row.v) + lastPair * row.chromaStep < source.count)
        precondition(start + width * 3 <= target.count)
        let bytes = bytes.span
        for pair in 0..<width / 2 {
            // unsafe: all indices lie below those checked before the loop
            let chroma = unsafe self.chroma(
                u: source[unchecked: row.u &+ pair &* row.chromaStep],
                v: source[unchecked: row.v &+ pair &* row.chromaStep])
            let luma = row.luma &+ 2 &* pair &* row.lumaStep
            let pixel = start &+ 6 &* pair
            unsafe write(source[unchecked: luma], chroma, bytes, into: &target, at: pixel)
            unsafe write(source[unchecked: luma &+ row.lumaStep], chroma, bytes, into: &target, at: pixel &+ 3)
        }
        if !width.isMultiple(of: 2) {
            let chroma = chroma(
                u: source[row.u + lastPair * row.chromaStep], v: source[row.v + lastPair * row.chromaStep])
            let luma = source[row.luma + (width - 1) * row.lumaStep]
            unsafe write(luma, chroma, bytes, into: &target, at: start + (width - 1) * 3)
        }
    }

    /// What a chroma pair adds to red, green and blue; the rounding half is in it.
    @inline(__always)
    private func chroma(u: UInt8, v: UInt8) -> (red: Int32, green: Int32, blue: Int32) {
        let u = Int32(u) &- 128
        let v = Int32(v) &- 128
        return (
            redFromV &* v &+ 32_768, greenFromU &* u &+ greenFromV &* v &+ 32_768, blueFromU &* u &+ 32_768
        )
    }

    @inline(__always) @unsafe
    private func write(
        _ luma: UInt8, _ chroma: (red: Int32, green: Int32, blue: Int32), _ bytes: Span<UInt8>,
        into target: inout MutableSpan<UInt8>, at pixel: Int
    ) {
        let grey = (Int32(luma) &- lumaFloor) &* self.luma
        unsafe target[unchecked: pixel] = bytes[unchecked: Self.index(grey &+ chroma.red)]
        unsafe target[unchecked: pixel &+ 1] = bytes[unchecked: Self.index(grey &+ chroma.green)]
        unsafe target[unchecked: pixel &+ 2] = bytes[unchecked: Self.index(grey &+ chroma.blue)]
    }

    @inline(__always)
    private static func index(_ fixed: Int32) -> Int {
        Int((fixed &>> 16) &- lowest)
    }
}
