package import Composition
internal import RealModule

/// A descriptor made ready for many comparisons: its representation centred and brought to length one.
package struct ComparableObject: Sendable {
    package let descriptor: ObjectDescriptor
    package let direction: [Float]
    package let contextDirection: [Float]
    package let logArea: Float
    package let logMajor: Float
    package let logMinor: Float

    /// How far it is bowed along its axis, and how far its outline is three- and fourfold.
    package let outline: SIMD3<Float>

    package init(_ descriptor: ObjectDescriptor, centre: [Float]) {
        self.descriptor = descriptor
        direction = Self.unit(descriptor.representation, centre: centre)
        contextDirection = descriptor.context.isEmpty ? [] : Self.unit(descriptor.context, centre: centre)
        logArea = 0.5 * Float.log(max(descriptor.area, 1e-8))
        logMajor = Float.log(max(descriptor.majorAxis, 1e-4))
        logMinor = Float.log(max(descriptor.minorAxis, 1e-4))
        outline = Self.outline(of: descriptor)
    }

    /// The mean of u²t for pixels at u along and t across the axis, in units of the deviation along it: 0 for what is
    /// straight; and the absolute means of w³ and w⁴ in units of the radius of gyration: 0 for a disc or a ring. As of
    /// long things these say little but how wide they are, they are told only as far as an object is round.
    private static func outline(of descriptor: ObjectDescriptor) -> SIMD3<Float> {
        let (major, minor) = (descriptor.majorAxis, descriptor.minorAxis)
        guard major > 0 else { return .zero }
        let moments = descriptor.outline
        func imaginary(_ moment: SIMD2<Float>, turns: Float) -> Float {
            let angle = -turns * descriptor.orientation
            return moment.x * Float.sin(angle) + moment.y * Float.cos(angle)
        }
        func size(_ moment: SIMD2<Float>) -> Float { (moment * moment).sum().squareRoot() }
        let bow = abs(imaginary(moments.third, turns: 3) + imaginary(moments.mixedThird, turns: 1)) / 4
        let radius = (major * major + minor * minor).squareRoot()
        let cube = radius * radius * radius
        let round = minor * minor / (major * major)
        return SIMD3(
            bow / (major * major * major), round * size(moments.third) / cube,
            round * size(moments.fourth) / (cube * radius))
    }

    private static func unit(_ values: [Float], centre: [Float]) -> [Float] {
        var centred = [Float](repeating: 0, count: values.count)
        var square: Float = 0
        for index in values.indices {
            let value = values[index] - centre[index]
            centred[index] = value
            square = Relaxed.multiplyAdd(value, value, square)
        }
        guard square > 0 else { return centred }
        let scale = 1 / square.squareRoot()
        for index in centred.indices { centred[index] *= scale }
        return centred
    }
}
