package import Imaging
internal import RealModule

/// An image in CIE L*a*b* (D65), three planes of floats.
package struct LabImage: Sendable {
    package let size: PixelSize
    package let lightness: [Float]
    package let greenRed: [Float]
    package let blueYellow: [Float]

    package init(_ image: Image) {
        let count = image.size.pixelCount
        var lightness = [Float](repeating: 0, count: count)
        var greenRed = lightness
        var blueYellow = lightness
        let linear = Self.linearLevels
        let roots = Self.cubeRoots
        let pixels = image.pixels.span
        for index in 0..<count {
            let red = linear[Int(pixels[3 * index])]
            let green = linear[Int(pixels[3 * index + 1])]
            let blue = linear[Int(pixels[3 * index + 2])]
            let x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
            let y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
            let z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
            let fx = roots[min(Self.rootSteps, Int(x * Float(Self.rootSteps)))]
            let fy = roots[min(Self.rootSteps, Int(y * Float(Self.rootSteps)))]
            let fz = roots[min(Self.rootSteps, Int(z * Float(Self.rootSteps)))]
            lightness[index] = 116 * fy - 16
            greenRed[index] = 500 * (fx - fy)
            blueYellow[index] = 200 * (fy - fz)
        }
        self.size = image.size
        self.lightness = lightness
        self.greenRed = greenRed
        self.blueYellow = blueYellow
    }

    /// sRGB levels as linear light.
    private static let linearLevels: [Float] = (0...255).map { level in
        let value = Float(level) / 255
        return value <= 0.04045 ? value / 12.92 : Float.pow((value + 0.055) / 1.055, 2.4)
    }

    /// The L*a*b* companding function at `rootSteps + 1` points of 0...1: a table is as exact as 8 bits deserve.
    private static let rootSteps = 8192
    private static let cubeRoots: [Float] = (0...rootSteps).map { step in
        let value = (Float(step) + 0.5) / Float(rootSteps)
        return value > 0.008856 ? Float.root(value, 3) : 7.787 * value + 16 / 116
    }
}
