package import Matching
package import SupportSets

/// For each good image the set of all others, with the limits of the whole set.
///
/// A picture made from a good image has to be judged by a set that does not hold that image, pixel by pixel.
package struct HeldOutSets {
    private let material: SetMaterial
    private let calibration: Calibration
    private let surfaces: [SurfaceSpread]
    private let detailWidth: Float

    /// - Parameters:
    ///   - surfaces: for each image how much the others differ at each place; empty where that is not known.
    ///   - learning: what one image more does to the scores of objects; the set of all others lacks it, so that its limits
    ///     lie higher.
    init(
        material: SetMaterial, calibration: Calibration, surfaces: [SurfaceSpread], detailWidth: Float, learning: Float
    ) {
        self.material = material
        self.surfaces = surfaces
        self.detailWidth = detailWidth
        var calibration = calibration
        calibration.logicalLevel /= learning
        self.calibration = calibration
    }

    package var count: Int { material.scenes.count }

    /// The set without one image; the whole set when there is no other.
    package func set(without left: Int) throws(MatchingError) -> SupportSet {
        let others = material.scenes.indices.filter { $0 != left }
        return try material.set(
            of: others.isEmpty ? [left] : others, calibration: calibration,
            surface: surfaces.isEmpty ? nil : surfaces[left], detailWidth: detailWidth)
    }
}
