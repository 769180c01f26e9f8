package import Imaging
package import Inference

/// Perceives drawn scenes by plain rules instead of networks, the same every time.
///
/// Saturated pixels are objects, their rims boundary; features are means of colour and of its change in each cell.
package struct DrawnModel: PerceptionModel {
    package var identity = ModelIdentity(
        name: "drawn", digest: String(repeating: "d", count: 64), precision: "fp32")

    /// The longer side of the part maps.
    private let longSide: Int

    /// The side of a feature cell in pixels of the part maps.
    private let cellSide = 3

    package init(longSide: Int = 120) {
        self.longSide = longSide
    }

    package func perceive(_ image: Image) throws(InferenceError) -> Perception {
        let scale = Double(longSide) / Double(max(image.width, image.height))
        let size = PixelSize(
            width: max(1, Int((Double(image.width) * scale).rounded())),
            height: max(1, Int((Double(image.height) * scale).rounded())))
        let picture = image.resized(to: size)
        return Perception(
            features: features(of: picture), parts: Self.parts(of: picture), featureTime: .zero, objectTime: .zero)
    }

    private static let channelCount = 14

    private func features(of picture: Image) -> FeatureGrid {
        let width = (picture.width + cellSide - 1) / cellSide
        let height = (picture.height + cellSide - 1) / cellSide
        var values = [Float](repeating: 0, count: width * height * Self.channelCount)
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let cell = ((y / cellSide) * width + x / cellSide) * Self.channelCount
                values[cell] += 0.3
                for channel in 0..<3 {
                    let value = Self.level(picture, x, y, channel)
                    // Both signs apart, so that opposite colours are unlike and not opposite.
                    values[cell + 1 + channel] += max(0, value)
                    values[cell + 4 + channel] += max(0, -value)
                    let right = Self.level(picture, min(x + 1, picture.width - 1), y, channel)
                    let below = Self.level(picture, x, min(y + 1, picture.height - 1), channel)
                    values[cell + 7 + channel] += 0.5 * abs(right - value)
                    values[cell + 10 + channel] += 0.5 * abs(below - value)
                }
                values[cell + 13] += Self.saturation(picture, x, y)
            }
        }
        let share = 1 / Float(cellSide * cellSide)
        return FeatureGrid(
            height: height, width: width, channelCount: Self.channelCount, values: values.map { $0 * share })
    }

    /// -1 to 1, 0 for the grey in the middle.
    private static func level(_ picture: Image, _ x: Int, _ y: Int, _ channel: Int) -> Float {
        (Float(picture.pixels[3 * (y * picture.width + x) + channel]) - 128) / 128
    }

    /// 0 for grey, 1 for a pure colour.
    private static func saturation(_ picture: Image, _ x: Int, _ y: Int) -> Float {
        let levels = (0..<3).map { picture.pixels[3 * (y * picture.width + x) + $0] }
        return Float((levels.max() ?? 0) - (levels.min() ?? 0)) / 255
    }

    private static func parts(of picture: Image) -> PartMaps {
        let (width, height) = (picture.width, picture.height)
        var isObject = [Bool](repeating: false, count: width * height)
        for y in 0..<height {
            for x in 0..<width { isObject[y * width + x] = saturation(picture, x, y) > 0.25 }
        }
        let steps = steps(to: isObject, width: width, height: height)
        let largest = largest(steps, width: width, height: height)
        return PartMaps(
            size: picture.size, object: isObject.map { $0 ? 1 : 0 }, boundary: steps.map { $0 == 1 ? 1 : 0 },
            distance: steps.indices.map { largest[$0] > 0 ? Float(steps[$0]) / Float(largest[$0]) : 0 })
    }

    /// Steps to the nearest pixel that is no object: 1 at the rim, 0 outside.
    private static func steps(to isObject: [Bool], width: Int, height: Int) -> [Int] {
        var steps = isObject.map { $0 ? width + height : 0 }
        for isBackward in [false, true] {
            for position in 0..<(width * height) {
                let index = isBackward ? width * height - 1 - position : position
                let (x, y) = (index % width, index / width)
                for (right, down) in [(-1, 0), (0, -1), (-1, -1), (1, -1)] {
                    let (column, row) = isBackward ? (x - right, y - down) : (x + right, y + down)
                    let isInside = column >= 0 && row >= 0 && column < width && row < height
                    steps[index] = min(steps[index], (isInside ? steps[row * width + column] : 0) + 1)
                }
                if !isObject[index] { steps[index] = 0 }
            }
        }
        return steps
    }

    /// For each pixel the largest value in its connected component.
    private static func largest(_ steps: [Int], width: Int, height: Int) -> [Int] {
        var largest = [Int](repeating: 0, count: steps.count)
        for start in steps.indices where steps[start] > 0 && largest[start] == 0 {
            var component = [start]
            largest[start] = -1
            var next = 0
            while next < component.count {
                let (x, y) = (component[next] % width, component[next] / width)
                next += 1
                for (column, row) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
                where column >= 0 && row >= 0 && column < width && row < height {
                    let index = row * width + column
                    guard steps[index] > 0, largest[index] == 0 else { continue }
                    largest[index] = -1
                    component.append(index)
                }
            }
            let top = component.reduce(0) { max($0, steps[$1]) }
            for index in component { largest[index] = top }
        }
        return largest
    }
}
