internal import Imaging

/// One part cut out of a picture, to be set down in another place, size or turn.
struct CutPart {
    private let picture: Image
    private let box: PixelBox
    private let centre: SIMD2<Float>

    /// How much of each pixel of `box` belongs to the part, 0...1: the mask with a soft edge.
    private let coverage: [Float]

    /// - Parameters:
    ///   - mask: on the picture's grid, not empty.
    ///   - softness: half the width of the soft edge in pixels.
    init(of mask: Mask, from picture: Image, softness: Int) {
        self.picture = picture
        box = PixelBox(
            x: mask.box.x - softness, y: mask.box.y - softness, width: mask.box.width + 2 * softness,
            height: mask.box.height + 2 * softness
        ).clamped(to: picture.size)
        centre = mask.middle
        var coverage = [Float](repeating: 0, count: box.area)
        let share = 1 / Float((2 * softness + 1) * (2 * softness + 1))
        for y in 0..<mask.box.height {
            for x in 0..<mask.box.width where mask.bits[y * mask.box.width + x] != 0 {
                for row in -softness...softness {
                    for column in -softness...softness {
                        let (toX, toY) = (mask.box.x + x + column - box.x, mask.box.y + y + row - box.y)
                        guard toX >= 0, toY >= 0, toX < box.width, toY < box.height else { continue }
                        coverage[toY * box.width + toX] += share
                    }
                }
            }
        }
        self.coverage = coverage
    }

    /// Draws the part with its centre at a place of the target.
    ///
    /// - Parameters:
    ///   - tint: mixed into every pixel, with its own weight in the last lane.
    /// - Returns: the pixels that show mostly the part.
    func set(
        down place: SIMD2<Float>, by map: LinearMap = .identity, tint: SIMD4<Float> = .zero, on target: inout Image
    ) -> Mask {
        let reach = reach(by: map, around: place).clamped(to: target.size)
        let inverse = map.inverse
        var bits = [UInt8](repeating: 0, count: reach.area)
        for y in 0..<reach.height {
            for x in 0..<reach.width {
                let offset = SIMD2(Float(reach.x + x) + 0.5, Float(reach.y + y) + 0.5) - place
                guard let (colour, share) = sample(at: centre + inverse(offset)), share > 0 else { continue }
                let shown = colour * (1 - tint.w) + tint * tint.w
                let index = 3 * ((reach.y + y) * target.width + reach.x + x)
                for channel in 0..<3 {
                    let below = Float(target.pixels[index + channel])
                    target.pixels[index + channel] = UInt8(
                        min(max(below * (1 - share) + shown[channel] * share, 0), 255) + 0.5)
                }
                if share > 0.5 { bits[y * reach.width + x] = 1 }
            }
        }
        return Mask(grid: target.size, box: reach, bits: bits).tightened
    }

    private func reach(by map: LinearMap, around place: SIMD2<Float>) -> PixelBox {
        let left = Float(box.x) - centre.x
        let right = Float(box.maxX) - centre.x
        let top = Float(box.y) - centre.y
        let bottom = Float(box.maxY) - centre.y
        let corners = [SIMD2(left, top), SIMD2(right, top), SIMD2(left, bottom), SIMD2(right, bottom)].map { map($0) }
        var low = corners[0]
        var high = corners[0]
        for corner in corners {
            low = pointwiseMin(low, corner)
            high = pointwiseMax(high, corner)
        }
        let first = SIMD2<Int>((place + low).rounded(.down))
        let last = SIMD2<Int>((place + high).rounded(.up))
        return PixelBox(x: first.x, y: first.y, width: last.x - first.x + 1, height: last.y - first.y + 1)
    }

    /// Colour and coverage between pixels; nil outside the part's box.
    private func sample(at place: SIMD2<Float>) -> (colour: SIMD4<Float>, share: Float)? {
        let x = place.x - 0.5 - Float(box.x)
        let y = place.y - 0.5 - Float(box.y)
        guard x >= 0, y >= 0, x <= Float(box.width - 1), y <= Float(box.height - 1) else { return nil }
        let (left, top) = (Int(x), Int(y))
        let (right, bottom) = (min(left + 1, box.width - 1), min(top + 1, box.height - 1))
        let (alongX, alongY) = (x - Float(left), y - Float(top))
        func cell(_ column: Int, _ row: Int) -> SIMD4<Float> {
            let index = 3 * ((box.y + row) * picture.width + box.x + column)
            return SIMD4(
                Float(picture.pixels[index]), Float(picture.pixels[index + 1]), Float(picture.pixels[index + 2]),
                coverage[row * box.width + column])
        }
        let upper = cell(left, top) * (1 - alongX) + cell(right, top) * alongX
        let lower = cell(left, bottom) * (1 - alongX) + cell(right, bottom) * alongX
        let both = upper * (1 - alongY) + lower * alongY
        return (both, both.w)
    }
}

extension Mask {
    /// The centre of mass; the middle of the box for an empty mask.
    var middle: SIMD2<Float> {
        guard let centroid else {
            return SIMD2(Float(box.x) + Float(box.width) / 2, Float(box.y) + Float(box.height) / 2)
        }
        return SIMD2(Float(centroid.x), Float(centroid.y))
    }
}
