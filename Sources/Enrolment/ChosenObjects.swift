internal import Assessment
internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets

/// The objects of each good image, and what of it is none.
struct ChosenObjects {
    let compositions: [Composition]

    /// For each image the regions that the segmenter proposes beside its objects.
    let clutter: [[ObjectDescriptor]]

    /// For each image what its objects are known by; nil where it is not settled.
    let labels: [[ObjectLabel]?]

    /// - Parameter selections: the nodes that are objects, for the images that are not settled.
    init(scenes: [Scene], selections: [[Int]], names: [String], settled: SettledObjects) {
        var compositions: [Composition] = []
        var clutter: [[ObjectDescriptor]] = []
        for (index, scene) in scenes.enumerated() {
            if let image = settled.images[names[index]] {
                let objects = image.objects.compactMap { scene.object(of: $0.mask) }
                compositions.append(scene.composition(of: objects))
                clutter.append(
                    image.clutter.compactMap { scene.object(of: $0.mask)?.descriptor }
                        + Self.clutter(of: scene, beside: image))
            } else {
                compositions.append(scene.composition(of: selections[index]))
                clutter.append(Self.clutter(of: scene, beside: selections[index]))
            }
        }
        self.compositions = compositions
        self.clutter = clutter
        labels = names.map { settled.images[$0]?.objects.map(\.label) }
    }

    /// The regions of a good image that share nothing with its objects.
    private static func clutter(of scene: Scene, beside selection: [Int]) -> [ObjectDescriptor] {
        let taken = selection.map { scene.hierarchy.nodes[$0].leaves }
        return scene.hierarchy.nodes.indices.filter { index in
            let node = scene.hierarchy.nodes[index]
            return node.area >= scene.hierarchy.minimumArea && !taken.contains { $0.overlaps(node.leaves) }
        }.map { scene.candidates[$0] }
    }

    /// The same for objects that need not be nodes: a region may share a tenth of its pixels with them.
    private static func clutter(of scene: Scene, beside image: SettledImage) -> [ObjectDescriptor] {
        var taken = [UInt8](repeating: 0, count: scene.hierarchy.size.pixelCount)
        for object in image.objects { object.mask.set(in: &taken) }
        return scene.hierarchy.nodes.indices.filter { index in
            let node = scene.hierarchy.nodes[index]
            guard node.area >= scene.hierarchy.minimumArea else { return false }
            return 10 * scene.hierarchy.mask(of: index).count(in: taken) <= node.area
        }.map { scene.candidates[$0] }
    }
}

extension Mask {
    /// Sets this mask's pixels in a bitmap of its grid.
    func set(in bitmap: inout [UInt8]) {
        for y in 0..<box.height {
            let start = (box.y + y) * grid.width + box.x
            for x in 0..<box.width where bits[y * box.width + x] != 0 { bitmap[start + x] = 1 }
        }
    }

    /// How many of its pixels are set in a bitmap of its grid.
    func count(in bitmap: [UInt8]) -> Int {
        var count = 0
        for y in 0..<box.height {
            let start = (box.y + y) * grid.width + box.x
            for x in 0..<box.width { count += Int(bits[y * box.width + x] & bitmap[start + x]) }
        }
        return count
    }
}
