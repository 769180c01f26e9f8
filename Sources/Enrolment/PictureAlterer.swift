package import Imaging
package import SupportSets
internal import Verdicts

/// A good picture with its parts, ready to be altered one part at a time.
package struct PictureAlterer {
    let image: Image
    let parts: [AlterablePart]

    /// One value a pixel, not 0 where a part lies or close to one.
    let occupied: [UInt8]

    /// How far a part's mask is grown before the part is taken away: masks end inside soft edges.
    let rim: Int

    /// Half the width of a part's soft edge when it is set down.
    let softness: Int

    /// - Parameter parts: masks on the picture's own grid.
    package init(image: Image, parts: [AlterablePart], softness: Int) {
        self.image = image
        self.parts = parts
        self.softness = softness
        let rim = max(2, max(image.width, image.height) / 160)
        self.rim = rim
        var occupied = [UInt8](repeating: 0, count: image.size.pixelCount)
        for part in parts {
            let hole = part.mask.grown(by: rim)
            for y in 0..<hole.box.height {
                for x in 0..<hole.box.width where hole.bits[y * hole.box.width + x] != 0 {
                    occupied[(hole.box.y + y) * image.width + hole.box.x + x] = 1
                }
            }
        }
        self.occupied = occupied
    }

    /// The picture with one part altered; nil where that cannot be done or could not be seen.
    ///
    /// - Parameter turn: chooses among what can be done alike: directions, places, colours.
    package func altered(_ index: Int, by alteration: Alteration, turn: Int) -> AlteredPicture? {
        switch alteration {
        case .erased: erased(index)
        case .added: added(index, turn: turn)
        case .replaced: replaced(index)
        case .swapped: swapped(index)
        case .moved: parts[index].hasPlace ? moved(index, turn: turn) : nil
        case .turned: parts[index].hasPlace ? turned(index) : nil
        case .resized: resized(index)
        case .recoloured: recoloured(index)
        case .chipped: chipped(index, turn: turn)
        case .stained: stained(index)
        }
    }

    /// The picture with a bare place filled in as if a part had been there; nil where there is no bare place of its size.
    package func untouched(like index: Int, turn: Int) -> Image? {
        let hole = parts[index].mask.grown(by: rim)
        guard let place = FreePlace(in: image.size, occupied: occupied).find(hole.box, turn: turn) else { return nil }
        let moved = Mask(
            grid: hole.grid, box: PixelBox(x: place.x, y: place.y, width: hole.box.width, height: hole.box.height),
            bits: hole.bits)
        var result = image
        FilledPlace(moved, edge: edge).fill(&result, occupied: occupied.span)
        return result
    }

    private var edge: Int { 2 * rim }

    func cut(_ index: Int) -> CutPart { CutPart(of: parts[index].mask, from: image, softness: softness) }

    /// Takes a part away.
    func erase(_ index: Int, from picture: inout Image) {
        FilledPlace(parts[index].mask.grown(by: rim), edge: edge).fill(&picture, occupied: occupied.span)
    }

    private func erased(_ index: Int) -> AlteredPicture {
        var result = image
        erase(index, from: &result)
        // Of parts that lie anywhere nobody can say which place is empty.
        let boxes = parts[index].hasPlace ? [parts[index].mask.box] : []
        return AlteredPicture(image: result, expected: [.init(kinds: [.missing], boxes: boxes)])
    }

    private func added(_ index: Int, turn: Int) -> AlteredPicture? {
        let box = parts[index].mask.grown(by: rim).box
        guard let place = FreePlace(in: image.size, occupied: occupied).find(box, turn: turn) else { return nil }
        var result = image
        let shift = SIMD2(Float(place.x - box.x), Float(place.y - box.y))
        let set = cut(index).set(down: parts[index].mask.middle + shift, on: &result)
        return AlteredPicture(image: result, expected: [.init(kinds: [.extra], boxes: [set.box])])
    }

    private func replaced(_ index: Int) -> AlteredPicture? {
        guard let other = mostSimilarOther(to: index) else { return nil }
        var result = image
        erase(index, from: &result)
        let set = cut(other).set(down: parts[index].mask.middle, on: &result)
        return AlteredPicture(
            image: result, expected: [.init(kinds: [.changed], boxes: [set.box, parts[index].mask.box])])
    }

    private func swapped(_ index: Int) -> AlteredPicture? {
        guard let other = mostSimilarOther(to: index), parts[index].hasPlace, parts[other].hasPlace else { return nil }
        var result = image
        erase(index, from: &result)
        erase(other, from: &result)
        let there = cut(index).set(down: parts[other].mask.middle, on: &result)
        let here = cut(other).set(down: parts[index].mask.middle, on: &result)
        return AlteredPicture(
            image: result,
            expected: [.init(kinds: [.moved], boxes: [there.box]), .init(kinds: [.moved], boxes: [here.box])])
    }

    /// The part of another kind that is nearest in size; nil where none is less than three times as large or small.
    private func mostSimilarOther(to index: Int) -> Int? {
        let own = parts[index]
        func ratio(_ other: AlterablePart) -> Float {
            Float(max(own.mask.area, other.mask.area)) / Float(max(1, min(own.mask.area, other.mask.area)))
        }
        let others = parts.indices.filter { parts[$0].kind != own.kind && ratio(parts[$0]) < 3 }
        return others.min { ratio(parts[$0]) < ratio(parts[$1]) }
    }
}
