package import Imaging

/// A picture of coloured shapes on grey, drawn pixel by pixel: what a test knows everything about.
package struct DrawnScene: Sendable {
    package struct Colour: Equatable, Sendable {
        package var red: UInt8
        package var green: UInt8
        package var blue: UInt8

        package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }

        package static let red = Colour(210, 40, 40)
        package static let green = Colour(40, 180, 60)
        package static let blue = Colour(40, 70, 210)
        package static let yellow = Colour(220, 200, 40)
        package static let magenta = Colour(200, 50, 190)
        package static let cyan = Colour(40, 190, 200)
    }

    package enum Shape: Equatable, Sendable {
        case disc(radius: Double)
        case bar(width: Double, height: Double)
    }

    package struct Part: Equatable, Sendable {
        package var shape: Shape
        package var colour: Colour
        package var x: Double
        package var y: Double

        package init(_ shape: Shape, _ colour: Colour, x: Double, y: Double) {
            self.shape = shape
            self.colour = colour
            self.x = x
            self.y = y
        }

        /// The smallest box of whole pixels that holds the part.
        package var box: PixelBox {
            let (width, height): (Double, Double)
            switch shape {
            case .disc(let radius): (width, height) = (2 * radius, 2 * radius)
            case .bar(let barWidth, let barHeight): (width, height) = (barWidth, barHeight)
            }
            let left = Int((x - width / 2).rounded(.down))
            let top = Int((y - height / 2).rounded(.down))
            return PixelBox(
                x: left, y: top, width: Int((x + width / 2).rounded(.up)) - left,
                height: Int((y + height / 2).rounded(.up)) - top)
        }

        fileprivate func contains(x column: Double, y row: Double) -> Bool {
            switch shape {
            case .disc(let radius): (column - x) * (column - x) + (row - y) * (row - y) <= radius * radius
            case .bar(let width, let height): abs(column - x) <= width / 2 && abs(row - y) <= height / 2
            }
        }
    }

    package var size: PixelSize
    package var parts: [Part]
    package var background: UInt8 = 128

    package init(size: PixelSize, parts: [Part]) {
        self.size = size
        self.parts = parts
    }

    /// Six parts of different colours and shapes at fixed places of a 192×144 picture.
    package static var tray: DrawnScene {
        DrawnScene(
            size: PixelSize(width: 192, height: 144),
            parts: [
                Part(.disc(radius: 15), .red, x: 36, y: 36),
                Part(.bar(width: 34, height: 18), .green, x: 96, y: 34),
                Part(.disc(radius: 11), .blue, x: 154, y: 38),
                Part(.bar(width: 16, height: 36), .yellow, x: 38, y: 104),
                Part(.disc(radius: 17), .magenta, x: 96, y: 106),
                Part(.bar(width: 28, height: 28), .cyan, x: 152, y: 104),
            ])
    }

    /// The same scene as another good example: places differ by up to 0.6 pixels, colours by up to 4 levels.
    package func varied(seed: UInt64) -> DrawnScene {
        var generator = SeededGenerator(seed: seed)
        func level(_ value: UInt8) -> UInt8 {
            UInt8(clamping: Int(value) + Int.random(in: -4...4, using: &generator))
        }
        var scene = self
        for index in parts.indices {
            let part = parts[index]
            scene.parts[index].x += Double.random(in: -0.6...0.6, using: &generator)
            scene.parts[index].y += Double.random(in: -0.6...0.6, using: &generator)
            scene.parts[index].colour = Colour(
                level(part.colour.red), level(part.colour.green), level(part.colour.blue))
        }
        return scene
    }

    /// The picture; `scale` pixels for each of the scene's.
    package func image(scale: Double = 1) -> Image {
        let width = Int((Double(size.width) * scale).rounded())
        let height = Int((Double(size.height) * scale).rounded())
        var pixels = [UInt8](repeating: background, count: 3 * width * height)
        for part in parts {
            let box = part.box
            let top = max(0, Int(Double(box.y) * scale) - 1)
            let bottom = min(height, Int(Double(box.maxY) * scale) + 2)
            let left = max(0, Int(Double(box.x) * scale) - 1)
            let right = min(width, Int(Double(box.maxX) * scale) + 2)
            guard top < bottom, left < right else { continue }
            for y in top..<bottom {
                for x in left..<right {
                    // Four samples a pixel let a part move by less than one.
                    var covered = 0
                    for (right, down) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
                    where part.contains(x: (Double(x) + right) / scale, y: (Double(y) + down) / scale) {
                        covered += 1
                    }
                    guard covered > 0 else { continue }
                    let start = 3 * (y * width + x)
                    let colour = [part.colour.red, part.colour.green, part.colour.blue]
                    for channel in 0..<3 {
                        let mixed = Int(colour[channel]) * covered + Int(pixels[start + channel]) * (4 - covered)
                        pixels[start + channel] = UInt8((mixed + 2) / 4)
                    }
                }
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
