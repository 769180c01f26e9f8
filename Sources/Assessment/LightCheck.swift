package import Imaging
internal import RealModule
package import SupportSets
internal import Verdicts

/// Says whether a picture was taken in the light of the set's own images.
struct LightCheck: Sendable {
    /// What is wrong, with what was measured in plain English.
    struct Objection: Equatable {
        let reason: ReasonCode
        let remark: String
    }

    /// The share of black or blown-out pixels that no picture worth judging reaches, unless the good ones do.
    private static let uselessShare = 0.95

    private let profile: LightProfile?
    private let reference: [SIMD3<Float>]

    /// - Parameter profile: nil for a set that was made without one; then drift is not told.
    init(profile: LightProfile?) {
        self.profile = profile
        reference = profile?.cells.map { SIMD3(Float($0[0]), Float($0[1]), Float($0[2])) / 65535 } ?? []
    }

    func objection(to light: PictureLight, limits: LightLimits) -> Objection? {
        if Self.isUseless(light.blackShare, own: profile?.blackShare ?? 0) {
            return Objection(
                reason: .blackImage, remark: "\(Self.percent(light.blackShare)) of the picture is black")
        }
        if Self.isUseless(light.blownOutShare, own: profile?.blownOutShare ?? 0) {
            return Objection(
                reason: .blownOutImage, remark: "\(Self.percent(light.blownOutShare)) of the picture is blown out")
        }
        guard let profile, let drift = drift(of: light, from: profile, limits: limits) else { return nil }
        return Objection(reason: .lightDrift, remark: drift)
    }

    /// Good pictures that are nearly as dark or as light themselves leave half of what is left.
    private static func isUseless(_ share: Double, own: Double) -> Bool {
        share >= max(uselessShare, (1 + own) / 2)
    }

    private func drift(of light: PictureLight, from profile: LightProfile, limits: LightLimits) -> String? {
        let own = profile.deviations
        let comparison = LightComparison(of: Self.proportions(light.cells), with: reference)
        // Few images tell their own range badly.
        let patience = 1 + 0.5 / Float(max(1, own.count))
        let exposure = comparison.exposure(
            beyond: own.map(\.darker).min() ?? 0, own.map(\.lighter).max() ?? 0)
        if abs(exposure) > limits.exposure * patience {
            let way = exposure < 0 ? "darker" : "lighter"
            return "the picture is \(Self.stops(exposure)) stops \(way) than any image of the set"
        }
        let red = comparison.red(beyond: own.map(\.red).min() ?? 0, own.map(\.red).max() ?? 0)
        let blue = comparison.blue(beyond: own.map(\.blue).min() ?? 0, own.map(\.blue).max() ?? 0)
        guard max(abs(red), abs(blue)) > limits.colour * patience else { return nil }
        let (name, shift) = abs(red) >= abs(blue) ? ("red", red) : ("blue", blue)
        return
            "the picture has \(Self.stops(shift)) stops \(shift < 0 ? "less" : "more") \(name) than any image of the set"
    }

    /// The profile of a set's own images.
    static func profile(of lights: [PictureLight]) -> LightProfile {
        let cells = (0..<PictureLight.cellCount).map { cell in
            (0..<3).map { channel in
                let values = lights.map { $0.cells[cell][channel] }.sorted()
                let (low, high) = (values[(values.count - 1) / 2], values[values.count / 2])
                return UInt16((UInt32(low) + UInt32(high)) / 2)
            }
        }
        let reference = cells.map { SIMD3(Float($0[0]), Float($0[1]), Float($0[2])) / 65535 }
        return LightProfile(
            cells: cells,
            deviations: lights.map { LightComparison(of: proportions($0.cells), with: reference).deviation },
            blackShare: lights.map(\.blackShare).max() ?? 0, blownOutShare: lights.map(\.blownOutShare).max() ?? 0)
    }

    private static func proportions(_ cells: [SIMD3<UInt16>]) -> [SIMD3<Float>] {
        cells.map { SIMD3<Float>($0) / 65535 }
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded(.down))) %" }

    private static func stops(_ value: Float) -> String {
        let tenths = Int((abs(value) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension LightProfile {
    /// The profile of good images; there is at least one.
    package init(of images: [Image]) {
        self = LightCheck.profile(of: images.map(\.light))
    }
}
