package import Assessment
internal import Composition
internal import Imaging
internal import Regions

/// The regions of one good image to which those of others are compared: first the nodes that are no object people settled,
/// then the settled objects.
package struct ReferenceRegions: Sendable {
    package let comparables: [ComparableObject]

    /// The node of each region; nil for an object that people settled.
    private let nodes: [Int?]
    let isSettled: Bool

    init(scene: Scene, candidates: [ComparableObject], settled: [DetectedObject]?, centre: [Float]) {
        let plausible = scene.plausibleNodes
        guard let settled else {
            comparables = plausible.map { candidates[$0] }
            nodes = plausible.map { $0 }
            isSettled = false
            return
        }
        // A node that is a settled object by most of its pixels is not held against it.
        let others = plausible.filter { node in
            let mask = scene.hierarchy.mask(of: node)
            return !settled.contains { $0.mask.iou(mask) >= 0.5 }
        }
        comparables =
            others.map { candidates[$0] } + settled.map { ComparableObject($0.descriptor, centre: centre) }
        nodes = others.map { $0 } + settled.map { _ in nil }
        isSettled = true
    }

    package func isObject(selected: [Int]) -> [Bool] {
        guard !isSettled else { return nodes.map { $0 == nil } }
        let selected = Set(selected)
        return nodes.map { $0.map(selected.contains) ?? false }
    }

    /// The node that a region is; nil for an object that people settled.
    func node(of region: Int) -> Int? { nodes[region] }
}
