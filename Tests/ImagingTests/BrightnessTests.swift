import Imaging
import Testing

@Suite struct BrightnessTests {
    @Test func aFlatPictureHasItsOwnLuma() {
        #expect(Samples.flat(5, 3, [100, 100, 100]).brightness == Brightness(mean: 100, darkShare: 0, blownShare: 0))
        #expect(Samples.flat(5, 3, [0, 0, 0]).brightness == Brightness(mean: 0, darkShare: 1, blownShare: 0))
        #expect(Samples.flat(5, 3, [255, 255, 255]).brightness == Brightness(mean: 255, darkShare: 0, blownShare: 1))
    }

    @Test func theMeanAgreesWithFloatingPoint() {
        let image = Samples.noise(31, 17, seed: 51)
        var sum = 0.0
        for pixel in 0..<31 * 17 {
            sum += 0.299 * Double(image.pixels[3 * pixel]) + 0.587 * Double(image.pixels[3 * pixel + 1])
            sum += 0.114 * Double(image.pixels[3 * pixel + 2])
        }
        #expect(abs(image.brightness.mean - sum / (31 * 17)) < 1)
    }

    @Test func darkAndBlownPixelsAreCounted() {
        let pixels = [7, 8, 247, 248].flatMap { [UInt8](repeating: $0, count: 3) }
        let brightness = Image(width: 4, height: 1, pixels: pixels).brightness
        #expect(brightness.darkShare == 0.25)
        #expect(brightness.blownShare == 0.25)
    }
}
