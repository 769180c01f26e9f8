import AssayTestSupport
import Assessment
import Composition
import Foundation
import Imaging
import Testing

struct SurroundingLightTests {
    /// The picture under a lamp of another strength and colour, as a camera with sRGB levels gives it.
    private func lit(_ image: Image, by gains: [Double]) -> Image {
        func linear(_ level: UInt8) -> Double {
            let value = Double(level) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        func level(_ light: Double) -> UInt8 {
            let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
            return UInt8((255 * min(1, value)).rounded())
        }
        var image = image
        for index in image.pixels.indices {
            image.pixels[index] = level(gains[index % 3] * linear(image.pixels[index]))
        }
        return image
    }

    private func colours(_ image: Image) throws -> [[Float]] {
        let scene = Scene(image: image, perception: try DrawnModel().perceive(image))
        // The parts are the leaves of the drawn tray's hierarchy.
        return DrawnScene.tray.parts.compactMap { part in
            scene.candidates.min { one, other in
                func distance(_ object: ObjectDescriptor) -> Double {
                    let x = Double(object.centreX) * Double(image.width) - part.x
                    let y = Double(object.centreY) * Double(image.width) - part.y
                    return x * x + y * y
                }
                return distance(one) < distance(other)
            }?.colour
        }
    }

    @Test(arguments: [[0.6, 0.6, 0.6], [0.9, 0.8, 0.6], [0.5, 0.6, 0.7]])
    func anotherLightIsNoOtherColour(gains: [Double]) throws {
        let image = DrawnScene.tray.image()
        let usual = try colours(image)
        let other = try colours(lit(image, by: gains))
        #expect(usual.count == DrawnScene.tray.parts.count && other.count == usual.count)
        for (one, other) in zip(usual, other) {
            for channel in 0..<3 { #expect(abs(one[channel] - other[channel]) < 8, "\(one) \(other)") }
        }
    }

    @Test func anotherPaintIsAnotherColour() throws {
        var scene = DrawnScene.tray
        scene.parts[0].colour = .cyan
        let usual = try colours(DrawnScene.tray.image())
        let other = try colours(scene.image())
        #expect((0..<3).contains { abs(usual[0][$0] - other[0][$0]) > 15 })
        for part in 1..<usual.count {
            for channel in 0..<3 { #expect(abs(usual[part][channel] - other[part][channel]) < 1) }
        }
    }
}
