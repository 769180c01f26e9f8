internal import Imaging

/// Fills a hole in a picture with what surrounds it: a bare piece of the picture whose edge fits best, corrected so that the
/// seam cannot be seen; where nothing is bare, a smooth continuation of the edge alone.
///
/// The correction is the difference along the edge, spread into the hole from coarse to fine (the pull-push scheme of
/// Gortler et al., The Lumigraph, 1996).
struct FilledPlace {
    /// Places along each side that a donor is looked for at.
    private static let steps = 16

    let hole: Mask

    /// The hole and its edge.
    private let frame: PixelBox

    /// - Parameter hole: on the picture's grid.
    init(_ hole: Mask, edge: Int) {
        self.hole = hole
        frame = PixelBox(
            x: hole.box.x - edge, y: hole.box.y - edge, width: hole.box.width + 2 * edge,
            height: hole.box.height + 2 * edge
        ).clamped(to: hole.grid)
    }

    /// - Parameter occupied: one value a pixel of the picture, not 0 where a part lies.
    func fill(_ picture: inout Image, occupied: Span<UInt8>) {
        let width = picture.width
        // What is known beside the hole: the picture where no other part lies.
        var isKnown = [Bool](repeating: false, count: frame.area)
        for y in 0..<frame.height {
            for x in 0..<frame.width {
                let (column, row) = (frame.x + x, frame.y + y)
                isKnown[y * frame.width + x] =
                    !hole.contains(x: column, y: row) && occupied[row * width + column] == 0
            }
        }
        if !isKnown.contains(true) {
            for y in 0..<frame.height {
                for x in 0..<frame.width {
                    isKnown[y * frame.width + x] = !hole.contains(x: frame.x + x, y: frame.y + y)
                }
            }
        }
        let donor = donor(in: picture, occupied: occupied, isKnown: isKnown)
        var difference = SmoothFill(width: frame.width, height: frame.height)
        for y in 0..<frame.height {
            for x in 0..<frame.width where isKnown[y * frame.width + x] {
                let own = colour(picture, frame.x + x, frame.y + y)
                let other = donor.map { colour(picture, $0.x + x, $0.y + y) } ?? .zero
                difference.set(x, y, own - other)
            }
        }
        difference.fill()
        let source = picture
        for y in 0..<frame.height {
            for x in 0..<frame.width where hole.contains(x: frame.x + x, y: frame.y + y) {
                let base = donor.map { colour(source, $0.x + x, $0.y + y) } ?? .zero
                let value = (base + difference.value(x, y)).clamped(
                    lowerBound: .zero, upperBound: SIMD4(repeating: 255))
                let index = 3 * ((frame.y + y) * width + frame.x + x)
                for channel in 0..<3 { picture.pixels[index + channel] = UInt8(value[channel] + 0.5) }
            }
        }
    }

    /// Where the piece begins whose edge is most like the hole's; nil where no piece of the size is bare.
    private func donor(in picture: Image, occupied: Span<UInt8>, isKnown: [Bool]) -> (x: Int, y: Int)? {
        let right = picture.width - frame.width
        let down = picture.height - frame.height
        var best: (x: Int, y: Int)?
        // Two pieces of one texture differ by twice its variance; what fits worse is another thing.
        var least = 2 * unevenness(of: picture, isKnown: isKnown)
        let stride = max(1, min(frame.width, frame.height) / 24)
        for step in 0..<(Self.steps * Self.steps) {
            let x = (step % Self.steps) * right / (Self.steps - 1)
            let y = (step / Self.steps) * down / (Self.steps - 1)
            guard isBare(x, y, stride: stride, width: picture.width, occupied: occupied) else { continue }
            let rest = spread(isKnown, stride: stride) { column, row in
                colour(picture, frame.x + column, frame.y + row) - colour(picture, x + column, y + row)
            }
            if rest < least {
                least = rest
                best = (x, y)
            }
        }
        return best
    }

    private func unevenness(of picture: Image, isKnown: [Bool]) -> Float {
        spread(isKnown, stride: max(1, min(frame.width, frame.height) / 24)) { column, row in
            colour(picture, frame.x + column, frame.y + row)
        }
    }

    /// How far some colour along the edge is from its own mean, in square levels.
    private func spread(_ isKnown: [Bool], stride: Int, of value: (Int, Int) -> SIMD4<Float>) -> Float {
        var sum = SIMD4<Float>.zero
        var squares: Float = 0
        var count: Float = 0
        for row in Swift.stride(from: 0, to: frame.height, by: stride) {
            for column in Swift.stride(from: 0, to: frame.width, by: stride) where isKnown[row * frame.width + column] {
                let colour = value(column, row)
                sum += colour
                squares += (colour * colour).sum()
                count += 1
            }
        }
        guard count > 0 else { return .infinity }
        return squares / count - (sum * sum).sum() / (count * count)
    }

    private func isBare(_ x: Int, _ y: Int, stride: Int, width: Int, occupied: Span<UInt8>) -> Bool {
        for row in Swift.stride(from: 0, to: frame.height, by: stride) {
            for column in Swift.stride(from: 0, to: frame.width, by: stride) {
                let place = (y + row) * width + x + column
                let isHole = hole.contains(x: x + column, y: y + row)
                if occupied[place] != 0 || isHole { return false }
            }
        }
        return true
    }

    private func colour(_ picture: Image, _ x: Int, _ y: Int) -> SIMD4<Float> {
        let index = 3 * (y * picture.width + x)
        return SIMD4(
            Float(picture.pixels[index]), Float(picture.pixels[index + 1]), Float(picture.pixels[index + 2]), 0)
    }
}
