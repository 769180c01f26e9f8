import Imaging
import Testing

@Suite struct ResizingTests {
    /// One axis in double precision, straight from the definition.
    static func weights(from source: Int, to target: Int, index: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: source)
        let ratio = Double(source) / Double(target)
        if source > target {
            let lower = Double(index) * ratio
            for sample in 0..<source {
                let covered = min(Double(sample + 1), lower + ratio) - max(Double(sample), lower)
                weights[sample] = max(0, covered) / ratio
            }
        } else {
            let centre = (Double(index) + 0.5) * ratio - 0.5
            let floor = centre.rounded(.down)
            weights[max(0, min(source - 1, Int(floor)))] += 1 - (centre - floor)
            weights[max(0, min(source - 1, Int(floor) + 1))] += centre - floor
        }
        return weights
    }

    static func slowlyResized(_ image: Image, to target: PixelSize) -> [Double] {
        var values: [Double] = []
        for y in 0..<target.height {
            let rows = weights(from: image.height, to: target.height, index: y)
            for x in 0..<target.width {
                let columns = weights(from: image.width, to: target.width, index: x)
                for channel in 0..<3 {
                    var sum = 0.0
                    for (sourceY, row) in rows.enumerated() where row > 0 {
                        for (sourceX, column) in columns.enumerated() where column > 0 {
                            let value = image.pixels[(sourceY * image.width + sourceX) * 3 + channel]
                            sum += row * column * Double(value)
                        }
                    }
                    values.append(sum)
                }
            }
        }
        return values
    }

    static let cases: [(PixelSize, PixelSize)] = [
        (7, 5, 3, 2), (7, 5, 7, 2), (3, 2, 7, 5), (1, 1, 4, 4), (9, 9, 1, 1), (8, 8, 4, 4), (5, 12, 11, 5),
        (16, 9, 15, 10), (31, 17, 30, 18), (2, 50, 5, 7),
    ].map { (PixelSize(width: $0.0, height: $0.1), PixelSize(width: $0.2, height: $0.3)) }

    @Test(arguments: cases) func resizedPicturesAgreeWithTheDefinition(source: PixelSize, target: PixelSize) {
        let image = Samples.noise(source.width, source.height, seed: 21)
        let resized = image.resized(to: target)
        #expect(resized.size == target)
        let worst = zip(resized.pixels, Self.slowlyResized(image, to: target)).map { abs(Double($0) - $1) }.max()
        #expect(worst ?? .infinity <= 0.51)
    }

    @Test func theSameSizeIsACopy() {
        let image = Samples.noise(17, 13, seed: 22)
        #expect(image.resized(to: image.size) == image)
    }

    @Test(arguments: cases) func flatPicturesStayFlat(source: PixelSize, target: PixelSize) {
        for colour in [[0, 0, 0], [255, 255, 255], [1, 128, 254]] as [[UInt8]] {
            let resized = Samples.flat(source.width, source.height, colour).resized(to: target)
            #expect(resized == Samples.flat(target.width, target.height, colour))
        }
    }

    @Test(arguments: cases) func planesHoldTheResizedValuesNormalised(source: PixelSize, target: PixelSize) {
        let image = Samples.noise(source.width, source.height, seed: 23)
        let mean: [Float] = [0.485, 0.456, 0.406]
        let deviation: [Float] = [0.229, 0.224, 0.225]
        let count = target.pixelCount
        var planes = [Float](repeating: .nan, count: 3 * count + 1)
        unsafe planes.withUnsafeMutableBufferPointer {
            unsafe image.fill(
                planar: $0, size: target, topLeftOf: target, mean: mean, deviation: deviation, padding: mean)
        }
        #expect(planes[3 * count].isNaN)
        var worst = 0.0
        for (index, value) in Self.slowlyResized(image, to: target).enumerated() {
            let channel = index % 3
            let expected = (value / 255 - Double(mean[channel])) / Double(deviation[channel])
            worst = max(worst, abs(Double(planes[channel * count + index / 3]) - expected))
        }
        #expect(worst < 1e-4)
    }

    @Test(arguments: [PixelSize(width: 9, height: 6), PixelSize(width: 6, height: 9), PixelSize(width: 9, height: 9)])
    func besideThePictureLiesThePaddingAlone(canvas: PixelSize) {
        let target = PixelSize(width: 6, height: 6)
        let image = Samples.noise(11, 7, seed: 31)
        let mean: [Float] = [0.5, 0.25, 0]
        let deviation: [Float] = [0.5, 0.25, 2]
        func planes(on canvas: PixelSize, padding: [Float]) -> [Float] {
            // What an earlier picture left behind has to go.
            var planes = [Float](repeating: .nan, count: 3 * canvas.pixelCount)
            unsafe planes.withUnsafeMutableBufferPointer {
                unsafe image.fill(
                    planar: $0, size: target, topLeftOf: canvas, mean: mean, deviation: deviation, padding: padding)
            }
            return planes
        }
        let alone = planes(on: target, padding: mean)
        let padded = planes(on: canvas, padding: [1, 0.5, 1])
        for (channel, padding) in [Float(1), 1, 0.5].enumerated() {
            for y in 0..<canvas.height {
                for x in 0..<canvas.width {
                    let isPicture = x < target.width && y < target.height
                    let expected = isPicture ? alone[(channel * target.height + y) * target.width + x] : padding
                    #expect(padded[(channel * canvas.height + y) * canvas.width + x] == expected)
                }
            }
        }
    }

    @Test func aCropIsThePartInItsBox() throws {
        let image = Samples.noise(9, 7, seed: 24)
        let box = PixelBox(x: 2, y: 3, width: 5, height: 4)
        let part = try image.cropped(to: box)
        #expect(part.size == PixelSize(width: 5, height: 4))
        for y in 0..<4 {
            for x in 0..<15 {
                #expect(part.pixels[y * 15 + x] == image.pixels[((y + 3) * 9 + 2) * 3 + x])
            }
        }
        #expect(try image.cropped(to: PixelBox(x: 0, y: 0, width: 9, height: 7)) == image)
    }

    @Test(arguments: [
        PixelBox(x: -1, y: 0, width: 2, height: 2), PixelBox(x: 0, y: 0, width: 10, height: 7),
        PixelBox(x: 8, y: 6, width: 1, height: 2), PixelBox(x: 1, y: 1, width: 0, height: 3),
        PixelBox(x: 1, y: 1, width: Int.max, height: 1), PixelBox(x: Int.max, y: 1, width: 1, height: 1),
        PixelBox(x: Int.min, y: 1, width: Int.min, height: 1),
    ])
    func aCropThatIsNotWhollyInThePictureIsRefused(box: PixelBox) {
        let image = Samples.noise(9, 7, seed: 25)
        #expect(throws: ImagingError.boxOutside(box, picture: image.size)) { try image.cropped(to: box) }
    }
}
