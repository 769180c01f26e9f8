package import Composition
package import Imaging
internal import Regions

/// The regions of a scene: the nodes of its hierarchy, and after them the joins of nodes that were found to be one object
/// though the hierarchy does not join them so.
package struct SceneRegions: Sendable {
    private let scene: Scene
    private var joins: [Join] = []

    private struct Join: Sendable {
        let nodes: [Int]
        let mask: Mask
        let descriptor: ObjectDescriptor
        let confidence: Float
    }

    init(of scene: Scene) {
        self.scene = scene
    }

    private var nodeCount: Int { scene.hierarchy.nodes.count }

    /// On the hierarchy's grid.
    package func mask(of region: Int) -> Mask {
        region < nodeCount ? scene.hierarchy.mask(of: region) : joins[region - nodeCount].mask
    }

    /// On the hierarchy's grid.
    package func box(of region: Int) -> PixelBox {
        region < nodeCount ? scene.hierarchy.nodes[region].box : joins[region - nodeCount].mask.box
    }

    package func descriptor(of region: Int) -> ObjectDescriptor {
        region < nodeCount ? scene.candidates[region] : joins[region - nodeCount].descriptor
    }

    /// How sure it is that a join is one object; nil for a node.
    func joinConfidence(of region: Int) -> Float? { region < nodeCount ? nil : joins[region - nodeCount].confidence }

    /// The nodes that a region consists of.
    func nodes(of region: Int) -> [Int] { region < nodeCount ? [region] : joins[region - nodeCount].nodes }

    func object(_ region: Int) -> DetectedObject {
        DetectedObject(mask: mask(of: region), descriptor: descriptor(of: region))
    }

    /// - Parameter nodes: at least one, of which none is above another.
    /// - Returns: the region's number.
    mutating func join(_ nodes: [Int], descriptor: ObjectDescriptor, confidence: Float) -> Int {
        let masks = nodes.map(scene.hierarchy.mask)
        joins.append(
            Join(
                nodes: nodes, mask: masks.dropFirst().reduce(masks[0]) { $0.union($1) }, descriptor: descriptor,
                confidence: confidence))
        return nodeCount + joins.count - 1
    }
}
