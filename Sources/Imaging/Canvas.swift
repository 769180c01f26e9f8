/// A picture to draw on; what falls outside is cut off.
struct Canvas {
    private(set) var image: Image

    init(_ image: Image) {
        self.image = image
    }

    var size: PixelSize { image.size }

    mutating func stamp(_ brush: Brush, x: Int, y: Int, _ colour: OverlayColour) {
        for (index, reach) in brush.reaches.enumerated() {
            let row = y - brush.radius + index
            guard row >= 0, row < image.height else { continue }
            fillRow(row, from: x - reach, to: x + reach + 1, colour, opacity: 255)
        }
    }

    /// A straight line, both ends included.
    mutating func line(_ brush: Brush, from start: Place, to end: Place, _ colour: OverlayColour) {
        let count = max(abs(end.x - start.x), abs(end.y - start.y), 1)
        for step in 0...count {
            stamp(
                brush, x: start.x + (end.x - start.x) * step / count, y: start.y + (end.y - start.y) * step / count,
                colour)
        }
    }

    /// - Parameter opacity: 255 hides what was there.
    mutating func fill(_ box: PixelBox, _ colour: OverlayColour, opacity: Int) {
        let visible = box.clamped(to: image.size)
        for y in visible.y..<visible.maxY {
            fillRow(y, from: visible.x, to: visible.maxX, colour, opacity: opacity)
        }
    }

    /// - Parameters x, y: the upper left corner of the line.
    mutating func write(_ text: TextLine, x: Int, y: Int, _ colour: OverlayColour) {
        for row in max(0, -y)..<max(max(0, -y), min(text.height, image.height - y)) {
            for column in max(0, -x)..<max(max(0, -x), min(text.width, image.width - x)) {
                let coverage = Int(text.coverage[row * text.width + column])
                guard coverage > 0 else { continue }
                blend(((y + row) * image.width + x + column) * 3, colour, opacity: coverage)
            }
        }
    }

    mutating func extend(above height: Int, _ colour: OverlayColour) {
        var extended = Image(blank: PixelSize(width: image.width, height: image.height + height))
        let stripCount = height * image.width * 3
        for index in stride(from: 0, to: stripCount, by: 3) {
            extended.pixels[index] = colour.red
            extended.pixels[index + 1] = colour.green
            extended.pixels[index + 2] = colour.blue
        }
        extended.pixels.replaceSubrange(stripCount..., with: image.pixels)
        image = extended
    }

    private mutating func fillRow(_ y: Int, from left: Int, to right: Int, _ colour: OverlayColour, opacity: Int) {
        let first = max(0, left)
        for x in first..<max(first, min(image.width, right)) {
            blend((y * image.width + x) * 3, colour, opacity: opacity)
        }
    }

    private mutating func blend(_ index: Int, _ colour: OverlayColour, opacity: Int) {
        func mixed(_ old: UInt8, _ new: UInt8) -> UInt8 {
            UInt8((Int(old) * (255 - opacity) + Int(new) * opacity + 127) / 255)
        }
        image.pixels[index] = mixed(image.pixels[index], colour.red)
        image.pixels[index + 1] = mixed(image.pixels[index + 1], colour.green)
        image.pixels[index + 2] = mixed(image.pixels[index + 2], colour.blue)
    }
}
