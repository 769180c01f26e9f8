package import Annotations
package import Assessment
internal import Imaging
internal import Regions
package import SupportSets

/// What a person marked in a good picture, as the objects of its scene.
///
/// Frames are seen in regions. A mask that was drawn otherwise differs from every frame in size and shape, however good that
/// is; so each mark stands for the region that fits it best.
package struct AnnotatedScene: Sendable {
    package let settled: SettledImage

    /// What no region of the picture fits: its mark is taken as it is, and it counts for less or nothing.
    package let unseen: [ObjectLabel]

    /// - Precondition: the annotation is of this scene's picture.
    package init(_ annotation: AnnotatedPicture, in scene: Scene) {
        precondition(annotation.size == scene.frameSize)
        var objects: [SettledObject] = []
        for (index, object) in annotation.objects.enumerated() {
            let label = ObjectLabel(id: "\(index + 1)", name: object.name)
            switch object.shape {
            case .mask(let mask):
                let scaled = mask.scaled(to: scene.hierarchy.size)
                let whole = scaled.area > 0 ? scaled : Self.filled(object.box, of: annotation.size, in: scene)
                objects.append(SettledObject(mask: whole, label: label))
            case .box(let box):
                let fitting = Self.regions(in: box, of: annotation.size, in: scene)
                objects.append(
                    SettledObject(mask: fitting ?? Self.filled(box, of: annotation.size, in: scene), label: label))
            }
        }
        let nodes = RegionOverlaps(of: scene, with: objects.map(\.mask)).nodes
        unseen = zip(objects, nodes).compactMap { object, node in node == nil ? object.label : nil }
        settled = SettledImage(
            objects: zip(objects, nodes).map { object, node in
                SettledObject(mask: node.map { scene.hierarchy.mask(of: $0) } ?? object.mask, label: object.label)
            })
    }

    /// What is unseen, for the operator: "1 × nut, 2 × bolt are"; nil where all is seen.
    var unseenText: String? {
        guard !unseen.isEmpty else { return nil }
        let counts = Dictionary(grouping: unseen) { $0.name ?? $0.id }.mapValues(\.count)
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
            + (unseen.count == 1 ? " is" : " are")
    }

    /// The least overlap of a box with the box of the regions that stand for it.
    private static let leastOverlap = 0.5

    /// Regions may reach out of a box by this part of their area: people draw by eye.
    private static let overhang = 0.15

    /// The regions whose common box fits best; nil where none fits.
    private static func regions(in box: PixelBox, of picture: PixelSize, in scene: Scene) -> Mask? {
        let hierarchy = scene.hierarchy
        let wanted = box.scaled(from: picture, to: hierarchy.size)
        let inside = hierarchy.nodes.indices.filter { node in
            let common = hierarchy.nodes[node].box.intersection(wanted).area
            return Double(common) >= (1 - overhang) * Double(hierarchy.nodes[node].box.area)
        }
        func overlap(_ candidate: PixelBox) -> Double {
            let common = candidate.intersection(wanted).area
            return Double(common) / Double(candidate.area + wanted.area - common)
        }
        guard let first = inside.max(by: { overlap(hierarchy.nodes[$0].box) < overlap(hierarchy.nodes[$1].box) }) else {
            return nil
        }
        var mask = hierarchy.mask(of: first)
        var best = overlap(mask.box)
        var taken = [hierarchy.nodes[first].leaves]
        // Largest first: the fewest regions that fill the box.
        for node in inside.sorted(by: { hierarchy.nodes[$0].area > hierarchy.nodes[$1].area }) {
            let leaves = hierarchy.nodes[node].leaves
            guard !taken.contains(where: { $0.overlaps(leaves) }) else { continue }
            let joined = mask.union(hierarchy.mask(of: node))
            guard overlap(joined.box) > best + 0.01 else { continue }
            mask = joined
            best = overlap(joined.box)
            taken.append(leaves)
        }
        return best >= leastOverlap ? mask : nil
    }

    /// Every pixel of a box, at least one.
    private static func filled(_ box: PixelBox, of picture: PixelSize, in scene: Scene) -> Mask {
        let grid = scene.hierarchy.size
        let scaled = box.scaled(from: picture, to: grid).clamped(to: grid)
        let place = PixelBox(
            x: min(scaled.x, grid.width - 1), y: min(scaled.y, grid.height - 1), width: max(1, scaled.width),
            height: max(1, scaled.height))
        return Mask(grid: grid, box: place, bits: [UInt8](repeating: 1, count: place.area))
    }
}
