internal import Imaging
internal import RealModule
internal import Verdicts

/// Alterations of one part in its own place.
extension PictureAlterer {
    func moved(_ index: Int, turn: Int) -> AlteredPicture? {
        let mask = parts[index].mask
        // Half its own size, but never less than can be told from the play of good products.
        let way = max(Float(max(mask.box.width, mask.box.height)) / 2, Float(max(image.width, image.height)) / 25)
        for step in 0..<8 {
            let angle = Float(turn + step) * Float.pi / 4
            let shift = SIMD2((way * Float.cos(angle)).rounded(), (way * Float.sin(angle)).rounded())
            guard isFree(mask, shifted: SIMD2<Int>(shift)) else { continue }
            var result = image
            erase(index, from: &result)
            let set = cut(index).set(down: mask.middle + shift, on: &result)
            return AlteredPicture(image: result, expected: [.init(kinds: [.moved], boxes: [set.box])])
        }
        return nil
    }

    /// Nothing but the part itself lies there, and the part stays in the picture.
    private func isFree(_ mask: Mask, shifted: SIMD2<Int>) -> Bool {
        let box = PixelBox(
            x: mask.box.x + shifted.x, y: mask.box.y + shifted.y, width: mask.box.width, height: mask.box.height)
        guard box.clamped(to: image.size) == box else { return false }
        let own = mask.grown(by: rim)
        for y in 0..<mask.box.height {
            for x in 0..<mask.box.width where mask.bits[y * mask.box.width + x] != 0 {
                let (column, row) = (box.x + x, box.y + y)
                if occupied[row * image.width + column] != 0, !own.contains(x: column, y: row) { return false }
            }
        }
        return true
    }

    func turned(_ index: Int) -> AlteredPicture? {
        reset(index, by: parts[index].elongation > 0.15 ? .halfTurn : .quarterTurn)
    }

    func resized(_ index: Int) -> AlteredPicture? {
        let part = parts[index]
        return reset(index, by: part.isLong ? .scaling(by: 0.75, along: part.orientation) : .scaling(by: 0.8))
    }

    /// Mixed with whichever of two colours is less like it.
    func recoloured(_ index: Int) -> AlteredPicture? {
        let mean = meanColour(of: parts[index].mask)
        let colours = [SIMD4<Float>(215, 130, 40, 0.35), SIMD4<Float>(40, 115, 215, 0.35)]
        func distance(_ colour: SIMD4<Float>) -> Float {
            var gap = colour - mean
            gap.w = 0
            return (gap * gap).sum()
        }
        guard let tint = colours.max(by: { distance($0) < distance($1) }) else { return nil }
        var result = image
        _ = cut(index).set(down: parts[index].mask.middle, tint: tint, on: &result)
        return changed(index, to: result)
    }

    /// The part set down anew in its place.
    private func reset(_ index: Int, by map: LinearMap) -> AlteredPicture? {
        var result = image
        erase(index, from: &result)
        _ = cut(index).set(down: parts[index].mask.middle, by: map, on: &result)
        return changed(index, to: result)
    }

    /// Nil where nobody could see a difference.
    private func changed(_ index: Int, to result: Image) -> AlteredPicture? {
        let mask = parts[index].mask
        var sum = 0
        for y in mask.box.y..<mask.box.maxY {
            for x in mask.box.x..<mask.box.maxX where mask.contains(x: x, y: y) {
                for place in 3 * (y * image.width + x)..<3 * (y * image.width + x) + 3 {
                    sum += abs(Int(image.pixels[place]) - Int(result.pixels[place]))
                }
            }
        }
        guard sum >= 3 * Self.visibleLevels * mask.area else { return nil }
        return AlteredPicture(image: result, expected: [.init(kinds: [.changed], boxes: [mask.box])])
    }

    /// A part that differs by fewer levels of 255 in the mean looks the same: a round one turned, a black one tinted.
    private static var visibleLevels: Int { 8 }

    func chipped(_ index: Int, turn: Int) -> AlteredPicture? {
        let mask = parts[index].mask
        let angle = Float(turn) * 2.4
        let direction = SIMD2(Float.cos(angle), Float.sin(angle))
        var centre = mask.middle
        var furthest = -Float.infinity
        for y in 0..<mask.box.height {
            for x in 0..<mask.box.width where mask.bits[y * mask.box.width + x] != 0 {
                let place = SIMD2(Float(mask.box.x + x) + 0.5, Float(mask.box.y + y) + 0.5)
                let way = (place * direction).sum()
                if way > furthest { (furthest, centre) = (way, place) }
            }
        }
        // About half the disc lies on the part: an eighth of it is gone.
        let radius = (0.25 * Float(mask.area) / Float.pi).squareRoot()
        var bare = image
        erase(index, from: &bare)
        let around = mask.grown(by: rim)
        return spotted(index, centre: centre, radius: radius, within: around) { place, _ in bare.pixels[place] }
    }

    func stained(_ index: Int) -> AlteredPicture? {
        let mask = parts[index].mask
        let middle = mask.middle
        var centre = middle
        var least = Float.infinity
        for y in 0..<mask.box.height {
            for x in 0..<mask.box.width where mask.bits[y * mask.box.width + x] != 0 {
                let place = SIMD2(Float(mask.box.x + x) + 0.5, Float(mask.box.y + y) + 0.5)
                let offset = place - middle
                if (offset * offset).sum() < least { (least, centre) = ((offset * offset).sum(), place) }
            }
        }
        let mean = meanColour(of: mask)
        let isDark = (mean.x + mean.y + mean.z) / 3 < 90
        let radius = (0.12 * Float(mask.area) / Float.pi).squareRoot()
        return spotted(index, centre: centre, radius: radius, within: mask) { _, value in
            isDark ? UInt8(min(255, Int(value) + 80)) : UInt8(Int(value) * 45 / 100)
        }
    }

    /// The picture with a disc of other pixels; nil where the disc is too small to be seen.
    ///
    /// - Parameter pixel: the new value by the place in the picture's bytes and the value there.
    private func spotted(
        _ index: Int, centre: SIMD2<Float>, radius: Float, within mask: Mask, pixel: (Int, UInt8) -> UInt8
    ) -> AlteredPicture? {
        guard radius >= 3 else { return nil }
        var result = image
        let whole = Int(radius.rounded(.up))
        let disc = PixelBox(
            x: Int(centre.x) - whole, y: Int(centre.y) - whole, width: 2 * whole + 1, height: 2 * whole + 1
        ).clamped(to: image.size)
        for y in disc.y..<disc.maxY {
            for x in disc.x..<disc.maxX where mask.contains(x: x, y: y) {
                let offset = SIMD2(Float(x) + 0.5, Float(y) + 0.5) - centre
                let share = min(max(radius + 0.5 - (offset * offset).sum().squareRoot(), 0), 1)
                guard share > 0 else { continue }
                for place in 3 * (y * image.width + x)..<3 * (y * image.width + x) + 3 {
                    let old = Float(image.pixels[place])
                    result.pixels[place] = UInt8(old + (Float(pixel(place, image.pixels[place])) - old) * share + 0.5)
                }
            }
        }
        return AlteredPicture(
            image: result,
            expected: [.init(kinds: [.changed, .surface], boxes: [disc, parts[index].mask.box])])
    }

    private func meanColour(of mask: Mask) -> SIMD4<Float> {
        var sum = SIMD4<Float>.zero
        for y in mask.box.y..<mask.box.maxY {
            for x in mask.box.x..<mask.box.maxX where mask.contains(x: x, y: y) {
                let place = 3 * (y * image.width + x)
                sum += SIMD4(
                    Float(image.pixels[place]), Float(image.pixels[place + 1]), Float(image.pixels[place + 2]), 0)
            }
        }
        return sum / Float(max(1, mask.area))
    }
}
