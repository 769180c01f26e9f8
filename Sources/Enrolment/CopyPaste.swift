internal import Imaging
internal import SupportSets

/// Copies an image's rare objects to free places in it (Ghiasi et al. 2021, inside one image as ROMAD does).
enum CopyPaste {
    /// A class is rare that has at most half as many objects as the most frequent one.
    private static let copiesOfObject = 2

    /// The picture with the copies, and the copied objects' masks on its own grid with their classes; nil where nothing is
    /// rare or nothing fits.
    static func copy(
        _ picture: Image, objects: [(mask: Mask, name: String)]
    ) -> (picture: Image, copies: [(mask: Mask, name: String)])? {
        var counts: [String: Int] = [:]
        for object in objects { counts[object.name, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        var result = picture
        var taken = objects.map(\.mask.box)
        var copies: [(mask: Mask, name: String)] = []
        for object in objects where 2 * (counts[object.name] ?? most) <= most {
            for turn in 0..<copiesOfObject {
                guard let place = freePlace(for: object.mask.box, beside: taken, in: picture.size, turn: turn) else {
                    break
                }
                let mask = Mask(
                    grid: object.mask.grid,
                    box: PixelBox(
                        x: place.x, y: place.y, width: object.mask.box.width, height: object.mask.box.height),
                    bits: object.mask.bits)
                paste(object.mask, from: picture, at: place, into: &result)
                taken.append(mask.box)
                copies.append((mask, object.name))
            }
        }
        return copies.isEmpty ? nil : (result, copies)
    }

    /// The first place on a coarse grid where the box overlaps nothing; every turn begins elsewhere.
    private static func freePlace(
        for box: PixelBox, beside taken: [PixelBox], in size: PixelSize, turn: Int
    ) -> (x: Int, y: Int)? {
        let right = size.width - box.width
        let down = size.height - box.height
        guard right > 0, down > 0 else { return nil }
        let steps = 16
        for step in 0..<(steps * steps) {
            // 97 is prime to 256, so that every place is visited once, far from the one before.
            let place = (step * 97 + turn * 131 + 37) % (steps * steps)
            let x = place % steps * right / (steps - 1)
            let y = place / steps * down / (steps - 1)
            let there = PixelBox(x: x, y: y, width: box.width, height: box.height)
            if taken.allSatisfy({ $0.intersection(there).area == 0 }) { return (x, y) }
        }
        return nil
    }

    private static func paste(_ mask: Mask, from source: Image, at place: (x: Int, y: Int), into target: inout Image) {
        for y in 0..<mask.box.height {
            for x in 0..<mask.box.width where mask.bits[y * mask.box.width + x] != 0 {
                let from = 3 * ((mask.box.y + y) * source.width + mask.box.x + x)
                let to = 3 * ((place.y + y) * target.width + place.x + x)
                for channel in 0..<3 { target.pixels[to + channel] = source.pixels[from + channel] }
            }
        }
    }
}
