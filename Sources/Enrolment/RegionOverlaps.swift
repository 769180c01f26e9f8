package import Assessment
package import Imaging
internal import Regions

/// How well each region of a hierarchy covers one of some masks.
package struct RegionOverlaps: Sendable {
    /// For each node the mask it fits best, and their intersection over union.
    package let best: [(object: Int?, iou: Float)]

    /// For each mask the node that fits it best; nil where the segmenter does not see what the mask shows.
    package let nodes: [Int?]

    /// People draw by eye, and a shadow adds to a region what is none of a part; what fits less is something else.
    private static let leastFit: Float = 0.2

    package init(of scene: Scene, with masks: [Mask]) {
        let hierarchy = scene.hierarchy
        let width = hierarchy.size.width
        // For each leaf how many of its pixels each mask holds.
        var counts = [Int32](repeating: 0, count: hierarchy.leafCount * masks.count)
        for (object, mask) in masks.enumerated() {
            for y in 0..<mask.box.height {
                for x in 0..<mask.box.width where mask.bits[y * mask.box.width + x] != 0 {
                    let leaf = hierarchy.leafMap[(mask.box.y + y) * width + mask.box.x + x]
                    if leaf >= 0 { counts[Int(leaf) * masks.count + object] += 1 }
                }
            }
        }
        best = hierarchy.nodes.map { node in
            var common = [Int](repeating: 0, count: masks.count)
            for leaf in node.leaves {
                for object in masks.indices { common[object] += Int(counts[leaf * masks.count + object]) }
            }
            var best: (object: Int?, iou: Float) = (nil, 0)
            for object in masks.indices where common[object] > 0 {
                let iou = Float(common[object]) / Float(node.area + masks[object].area - common[object])
                if iou > best.iou { best = (object, iou) }
            }
            return best
        }
        var fits = [(node: Int?, iou: Float)](repeating: (nil, Self.leastFit), count: masks.count)
        for (node, overlap) in best.enumerated() {
            guard let object = overlap.object, overlap.iou > fits[object].iou else { continue }
            fits[object] = (node, overlap.iou)
        }
        nodes = fits.map(\.node)
    }
}
