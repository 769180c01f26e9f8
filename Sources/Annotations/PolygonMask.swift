internal import Imaging

/// Polygons as masks.
enum PolygonMask {
    /// The pixels whose centres lie inside an odd number of the rings; nil if there is none.
    ///
    /// - Parameters:
    ///   - rings: in pixels of the picture; closed by themselves. Points outside the picture are allowed.
    ///   - size: checked before.
    static func mask(of rings: [[PixelPoint]], on size: PixelSize) -> Mask? {
        let points = rings.flatMap { $0 }
        guard let left = points.map(\.x).min(), let right = points.map(\.x).max(), let top = points.map(\.y).min(),
            let bottom = points.map(\.y).max()
        else { return nil }
        func whole(_ value: Double, _ limit: Int) -> Int { Int(min(max(0, value), Double(limit))) }
        let box = PixelBox(
            x: whole(left.rounded(.down), size.width), y: whole(top.rounded(.down), size.height),
            width: whole(right.rounded(.up), size.width) - whole(left.rounded(.down), size.width),
            height: whole(bottom.rounded(.up), size.height) - whole(top.rounded(.down), size.height))
        guard box.width > 0, box.height > 0 else { return nil }
        var bits = [UInt8](repeating: 0, count: box.area)
        for row in 0..<box.height {
            let y = Double(box.y + row) + 0.5
            for ring in rings {
                // Each ring toggles, so that a hole drawn as a ring of its own is a hole.
                for pair in crossings(of: ring, at: y) {
                    let first = whole((pair.from - 0.5).rounded(.up), size.width)
                    let end = whole((pair.to - 0.5).rounded(.up), size.width)
                    for x in max(first, box.x)..<max(max(first, box.x), min(end, box.maxX)) {
                        bits[row * box.width + x - box.x] ^= 1
                    }
                }
            }
        }
        let mask = Mask(grid: size, box: box, bits: bits).tightened
        return mask.area > 0 ? mask : nil
    }

    private static func crossings(of ring: [PixelPoint], at y: Double) -> [(from: Double, to: Double)] {
        var places: [Double] = []
        for index in ring.indices {
            let start = ring[index]
            let end = ring[(index + 1) % ring.count]
            guard (start.y <= y) != (end.y <= y) else { continue }
            places.append(start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x))
        }
        places.sort()
        return stride(from: 0, to: places.count - 1, by: 2).map { (places[$0], places[$0 + 1]) }
    }
}
