internal import Assessment
internal import Imaging
internal import Regions

/// Cuts an object's mask into pieces.
struct ObjectPieces {
    private let scene: Scene
    private let mask: Mask

    init(of mask: Mask, in scene: Scene) {
        self.mask = mask
        self.scene = scene
    }

    /// A piece smaller than this part of the object is no piece of its own.
    private static let smallestShare = 0.04

    /// So many pieces along the strongest borders inside the object; nil where it has too few.
    func pieces(_ count: Int) -> [Mask]? {
        let hierarchy = scene.hierarchy
        let smallest = max(1, Int(Self.smallestShare * Double(mask.area)))
        var inside = Set<Int>()
        var groups: [Int] = []
        for node in hierarchy.nodes.indices.reversed() {
            let isBelow = hierarchy.nodes[node].parent.map { inside.contains($0) } ?? false
            let region = hierarchy.mask(of: node)
            guard isBelow || 10 * region.intersectionArea(mask) >= 9 * region.area else { continue }
            inside.insert(node)
            if !isBelow, hierarchy.nodes[node].area >= smallest { groups.append(node) }
        }
        groups = groups.map { narrowed($0, smallest: smallest) }
        while groups.count < count {
            let parting = groups.indices.filter { hierarchy.nodes[groups[$0]].children != nil }
                .max { hierarchy.nodes[groups[$0]].birth < hierarchy.nodes[groups[$1]].birth }
            guard let parting, let children = hierarchy.nodes[groups[parting]].children else { return nil }
            groups.remove(at: parting)
            for child in [children.first, children.second] where hierarchy.nodes[child].area >= smallest {
                groups.append(narrowed(child, smallest: smallest))
            }
        }
        var regions = groups.map { hierarchy.mask(of: $0) }
        while regions.count > count {
            regions.sort { $0.area > $1.area }
            let least = regions.removeLast()
            let nearest = regions.indices.min { Self.gap(regions[$0], least) < Self.gap(regions[$1], least) } ?? 0
            regions[nearest] = regions[nearest].union(least)
        }
        return flooded(from: regions).map(Self.inReadingOrder)
    }

    /// One piece round each point, in pixels of the grid; nil where a point does not lie on the object.
    ///
    /// A piece is the largest region round its point that holds no other point, and what lies next to it.
    func pieces(around points: [(x: Int, y: Int)]) -> [Mask]? {
        guard points.allSatisfy({ mask.contains(x: $0.x, y: $0.y) }) else { return nil }
        let hierarchy = scene.hierarchy
        let leaves = points.map { Int(hierarchy.leafMap[$0.y * mask.grid.width + $0.x]) }
        let seeds = points.indices.map { index in
            let box = PixelBox(x: points[index].x, y: points[index].y, width: 1, height: 1)
            let pixel = Mask(grid: mask.grid, box: box, bits: [1])
            guard leaves[index] >= 0, !leaves.indices.contains(where: { $0 != index && leaves[$0] == leaves[index] })
            else { return pixel }
            return hierarchy.mask(of: region(round: index, leaves: leaves)).union(pixel)
        }
        return flooded(from: seeds)
    }

    /// The largest region that holds one point's leaf, no other point's, and little outside the object.
    private func region(round index: Int, leaves: [Int]) -> Int {
        let hierarchy = scene.hierarchy
        var node = leaves[index]
        while let parent = hierarchy.nodes[node].parent {
            let range = hierarchy.nodes[parent].leaves
            let holdsOther = leaves.indices.contains { $0 != index && range.contains(leaves[$0]) }
            let region = hierarchy.mask(of: parent)
            guard !holdsOther, 10 * region.intersectionArea(mask) >= 9 * region.area else { break }
            node = parent
        }
        return node
    }

    /// Every pixel of the object goes to the seed that is nearest by a way inside the object; nil where a seed has none.
    func flooded(from seeds: [Mask]) -> [Mask]? {
        let width = mask.box.width
        let height = mask.box.height
        var owner = [Int](repeating: -1, count: width * height)
        var pending: [Int] = []
        for (index, seed) in seeds.enumerated() {
            for y in 0..<height {
                for x in 0..<width
                where seed.contains(x: mask.box.x + x, y: mask.box.y + y) && mask.bits[y * width + x] != 0
                    && owner[y * width + x] < 0
                {
                    owner[y * width + x] = index
                    pending.append(y * width + x)
                }
            }
        }
        var next = 0
        while next < pending.count {
            let pixel = pending[next]
            next += 1
            let (x, y) = (pixel % width, pixel / width)
            for (column, row) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
            where column >= 0 && row >= 0 && column < width && row < height {
                let neighbour = row * width + column
                guard mask.bits[neighbour] != 0, owner[neighbour] < 0 else { continue }
                owner[neighbour] = owner[pixel]
                pending.append(neighbour)
            }
        }
        // Parts of the object that touch no seed go to the nearest one by their middle.
        let pieces = seeds.indices.map { index in
            Mask(grid: mask.grid, box: mask.box, bits: owner.map { $0 == index ? 1 : 0 }).tightened
        }
        guard pieces.allSatisfy({ $0.area > 0 }) else { return nil }
        for pixel in owner.indices where owner[pixel] < 0 && mask.bits[pixel] != 0 {
            let x = Double(mask.box.x + pixel % width)
            let y = Double(mask.box.y + pixel / width)
            owner[pixel] =
                pieces.indices.min { Self.distance(x, y, to: pieces[$0]) < Self.distance(x, y, to: pieces[$1]) } ?? 0
        }
        return seeds.indices.map { index in
            Mask(grid: mask.grid, box: mask.box, bits: owner.map { $0 == index ? 1 : 0 }).tightened
        }
    }

    /// Below nodes that are but a large child and crumbs.
    private func narrowed(_ node: Int, smallest: Int) -> Int {
        let nodes = scene.hierarchy.nodes
        var node = node
        while let children = nodes[node].children {
            let isFirstLarge = nodes[children.first].area >= smallest
            let isSecondLarge = nodes[children.second].area >= smallest
            guard isFirstLarge != isSecondLarge else { break }
            node = isFirstLarge ? children.first : children.second
        }
        return node
    }

    private static func distance(_ x: Double, _ y: Double, to mask: Mask) -> Double {
        guard let centre = mask.centroid else { return .infinity }
        return (centre.x - x) * (centre.x - x) + (centre.y - y) * (centre.y - y)
    }

    private static func gap(_ first: Mask, _ second: Mask) -> Double {
        guard let centre = second.centroid else { return .infinity }
        return distance(centre.x, centre.y, to: first)
    }

    /// From left to right, or from the top down where the pieces lie rather below each other.
    private static func inReadingOrder(_ pieces: [Mask]) -> [Mask] {
        let centres = pieces.compactMap(\.centroid)
        let width = (centres.map(\.x).max() ?? 0) - (centres.map(\.x).min() ?? 0)
        let height = (centres.map(\.y).max() ?? 0) - (centres.map(\.y).min() ?? 0)
        return pieces.sorted { first, second in
            guard let one = first.centroid, let other = second.centroid else { return false }
            return width >= height ? one.x < other.x : one.y < other.y
        }
    }
}
