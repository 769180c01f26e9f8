internal import Composition
internal import Regions

/// The light that lies on what surrounds the objects; colours are told as they would be in one and the same light.
///
/// Lamps and exposure change what a camera makes of an object and of its surroundings alike, paint changes the object
/// alone. Each of the three responses that L*a*b* is made of is scaled (von Kries) so that the surroundings come out as a
/// fixed grey.
struct SurroundingLight: Sendable {
    /// For x, y and z.
    private let scale: SIMD3<Float>

    /// The response that the surroundings are brought to: a medium grey, L* = 42.
    private static let target: Float = 0.5

    /// Darker surroundings tell too little of the light.
    private static let darkest: Float = 0.35

    /// So much of the picture has to surround the objects; else all of it counts as surroundings.
    private static let leastShare: Float = 0.05

    init(on colours: LabImage, around hierarchy: RegionHierarchy) {
        let regions = hierarchy.leafMap.span
        let lightness = colours.lightness.span
        let greenRed = colours.greenRed.span
        let blueYellow = colours.blueYellow.span
        var around = SIMD4<Float>()
        var all = SIMD4<Float>()
        for pixel in 0..<regions.count {
            let sample = SIMD4(lightness[pixel], greenRed[pixel], blueYellow[pixel], 1)
            all += sample
            if regions[pixel] < 0 { around += sample }
        }
        let sum = around.w >= Self.leastShare * all.w ? around : all
        let mean = sum / max(sum.w, 1)
        let response = Self.responses(SIMD3(mean.x, mean.y, mean.z))
        scale =
            Self.target
            / response.clamped(lowerBound: SIMD3(repeating: Self.darkest), upperBound: SIMD3(repeating: 2))
    }

    /// The descriptor with its colour as it would be in the fixed light.
    func removed(from descriptor: ObjectDescriptor) -> ObjectDescriptor {
        var descriptor = descriptor
        let colour = descriptor.colour
        let response = scale * Self.responses(SIMD3(colour[0], colour[1], colour[2]))
        descriptor.colour = [
            116 * response.y - 16, 500 * (response.x - response.y), 200 * (response.y - response.z),
            colour[3] * scale.y, colour[4] * scale.y, colour[5] * scale.y,
        ]
        return descriptor
    }

    /// The companded responses x, y and z of a colour in L*a*b*.
    private static func responses(_ colour: SIMD3<Float>) -> SIMD3<Float> {
        let y = (colour.x + 16) / 116
        return SIMD3(y + colour.y / 500, y, y - colour.z / 200)
    }
}
