/// The pixels along the edge of a mark, in walking order, so that dashes can be counted off.
package struct Outline {
    /// One loop a part and one a hole. Neighbours in a loop are neighbours in the picture, also across its ends.
    package let loops: [[Place]]

    package init(of mark: OverlayMark, margin: Int, in picture: PixelSize) {
        if let mask = mark.mask, mask.area > 0 {
            loops = Self.loops(of: mask.scaled(to: picture))
        } else {
            loops = Self.loop(round: mark.box, margin: margin, in: picture)
        }
    }

    /// The border of a box grown by `margin`, kept within the picture.
    private static func loop(round box: PixelBox, margin: Int, in picture: PixelSize) -> [[Place]] {
        let visible = box.clamped(to: picture)
        guard visible.area > 0 else { return [] }
        let left = max(0, visible.x - margin)
        let top = max(0, visible.y - margin)
        let right = min(picture.width - 1, visible.maxX - 1 + margin)
        let bottom = min(picture.height - 1, visible.maxY - 1 + margin)
        var places: [Place] = []
        for x in left...right { places.append(Place(x: x, y: top)) }
        for y in top...bottom { places.append(Place(x: right, y: y)) }
        for x in (left...right).reversed() { places.append(Place(x: x, y: bottom)) }
        for y in (top...bottom).reversed() { places.append(Place(x: left, y: y)) }
        return [places]
    }

    /// East, south, west, north.
    private static let steps = [Place(x: 1, y: 0), Place(x: 0, y: 1), Place(x: -1, y: 0), Place(x: 0, y: -1)]

    /// Walks along the cracks between set and unset pixels with the set ones on the right hand. Each crack belongs to
    /// one loop, so every upper crack that no loop has passed begins a new one.
    package static func loops(of mask: Mask) -> [[Place]] {
        let box = mask.box
        var isPassed = [Bool](repeating: false, count: box.area)
        var loops: [[Place]] = []
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX where mask.contains(x: x, y: y) && !mask.contains(x: x, y: y - 1) {
                guard !isPassed[(y - box.y) * box.width + x - box.x] else { continue }
                let start = Place(x: x, y: y)
                var loop = [start]
                var place = start
                var heading = 0
                repeat {
                    if heading == 0 { isPassed[(place.y - box.y) * box.width + place.x - box.x] = true }
                    let ahead = Place(x: place.x + steps[heading].x, y: place.y + steps[heading].y)
                    let left = (heading + 3) % 4
                    let aheadLeft = Place(x: ahead.x + steps[left].x, y: ahead.y + steps[left].y)
                    if mask.contains(x: aheadLeft.x, y: aheadLeft.y) {
                        place = aheadLeft
                        heading = left
                        loop.append(place)
                    } else if mask.contains(x: ahead.x, y: ahead.y) {
                        place = ahead
                        loop.append(place)
                    } else {
                        heading = (heading + 1) % 4
                    }
                } while place != start || heading != 0
                loops.append(loop)
            }
        }
        return loops
    }
}
