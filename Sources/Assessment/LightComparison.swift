internal import Imaging
internal import RealModule
internal import SupportSets

/// How the light of a picture differs from a reference, cell by cell, in stops.
///
/// Exposure and colour of the light change all cells alike; a part that is missing, added or moved changes some. So the
/// question is how far at least three quarters of the cells agree to have changed.
struct LightComparison {
    /// The share of the cells that must agree.
    static let agreement: Float = 0.75

    /// With fewer cells that can tell, nothing is said.
    private static let leastCellCount = 16

    /// Light below this (an 8-bit value of about 13) is noise and stray light.
    private static let floor: Float = 0.004

    /// A cell lighter than this would clip before it is half a stop lighter.
    private static let lighterCeiling: Float = 0.63
    private static let clipped: Float = 0.95

    private var darker: [Float] = []
    private var lighter: [Float] = []
    private var red: [Float] = []
    private var blue: [Float] = []

    init(of picture: [SIMD3<Float>], with reference: [SIMD3<Float>]) {
        for (picture, reference) in zip(picture, reference) {
            let before = Self.luminance(reference)
            let now = Self.luminance(picture)
            let stops = Float.log2(max(now, 1e-4) / max(before, 1e-4))
            if before >= 2 * Self.floor, before < Self.clipped { darker.append(stops) }
            if before >= Self.floor, before <= Self.lighterCeiling { lighter.append(stops) }
            guard reference.min() >= Self.floor, reference.max() < Self.clipped, picture.min() >= Self.floor / 2,
                picture.max() < Self.clipped
            else { continue }
            let change = picture / reference
            red.append(Float.log2(change.x / change.y))
            blue.append(Float.log2(change.z / change.y))
        }
        darker.sort()
        lighter.sort()
        red.sort()
        blue.sort()
    }

    /// The medians, by which the images of a set are told apart.
    var deviation: LightProfile.Deviation {
        LightProfile.Deviation(
            darker: Self.quantile(darker, 0.5) ?? 0, lighter: Self.quantile(lighter, 0.5) ?? 0,
            red: Self.quantile(red, 0.5) ?? 0, blue: Self.quantile(blue, 0.5) ?? 0)
    }

    /// By how much three quarters of the cells are darker or lighter than the range from `least` to `most`: negative
    /// for darker, 0 where they do not agree.
    func exposure(beyond least: Float, _ most: Float) -> Float {
        let dark = Self.quantile(darker, Self.agreement).map { $0 - least } ?? 0
        let light = Self.quantile(lighter, 1 - Self.agreement).map { $0 - most } ?? 0
        return light > 0 ? light : min(0, dark)
    }

    func red(beyond least: Float, _ most: Float) -> Float { Self.shift(red, beyond: least, most) }
    func blue(beyond least: Float, _ most: Float) -> Float { Self.shift(blue, beyond: least, most) }

    private static func shift(_ sorted: [Float], beyond least: Float, _ most: Float) -> Float {
        guard let low = quantile(sorted, 1 - agreement), let high = quantile(sorted, agreement) else { return 0 }
        return low > most ? low - most : min(0, high - least)
    }

    private static func quantile(_ sorted: [Float], _ share: Float) -> Float? {
        guard sorted.count >= leastCellCount else { return nil }
        return sorted[min(sorted.count - 1, Int(Float(sorted.count - 1) * share + 0.5))]
    }

    private static func luminance(_ light: SIMD3<Float>) -> Float {
        0.2126 * light.x + 0.7152 * light.y + 0.0722 * light.z
    }
}
