internal import Imaging
internal import Regions

extension Scene {
    /// Whether pixels are a mark on the surface (a stain, a burn, ink) rather than a thing that lies on it.
    ///
    /// A mark only takes light away, of every colour and everywhere, and has no relief: a thing sends back more light than the
    /// surface somewhere or in some colour, or is shaded by its own shape. Where no bare surface lies around, nothing
    /// is told from it.
    ///
    /// - Parameter mask: on the hierarchy's grid.
    func isMark(_ mask: Mask) -> Bool {
        let size = hierarchy.size
        let reach = mask.grown(by: max(2, max(size.width, size.height) / 50))
        let pixels = picture.pixels.span
        let leaves = hierarchy.leafMap.span
        var inside: [Int] = []
        var around: [Int] = []
        for y in reach.box.y..<reach.box.maxY {
            for x in reach.box.x..<reach.box.maxX {
                let pixel = y * size.width + x
                if mask.contains(x: x, y: y) {
                    inside.append(pixel)
                } else if leaves[pixel] < 0, reach.contains(x: x, y: y) {
                    around.append(pixel)
                }
            }
        }
        guard !inside.isEmpty, 4 * around.count >= inside.count else { return false }
        var mean = SIMD3<Int>()
        for pixel in around {
            mean &+= SIMD3(Int(pixels[3 * pixel]), Int(pixels[3 * pixel + 1]), Int(pixels[3 * pixel + 2]))
        }
        let darkerCount = inside.count { pixel in
            (0..<3).allSatisfy { Int(pixels[3 * pixel + $0]) * around.count < mean[$0] }
        }
        guard Float(darkerCount) >= Self.darkerShare * Float(inside.count) else { return false }
        func brightness(_ places: [Int]) -> [Int] {
            places.map { pixel in
                Int(pixels[3 * pixel]) + 2 * Int(pixels[3 * pixel + 1]) + Int(pixels[3 * pixel + 2])
            }.sorted()
        }
        /// Of its darker half, which neither its rim nor a part that reaches over it belongs to.
        let own = brightness(inside)
        let bare = brightness(around)
        return own[(own.count - 1) / 2] - own[(own.count - 1) / 10] <= bare[3 * (bare.count - 1) / 4]
            - bare[(bare.count - 1) / 4]
    }

    /// The rest is the rim, where neither the mask nor the picture is exact.
    private static var darkerShare: Float { 0.75 }
}
