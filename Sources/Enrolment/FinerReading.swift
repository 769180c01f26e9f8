package import Assessment
internal import Regions

/// Takes a whole that recurs apart where its halves recur as well, each in its place.
///
/// A thing that comes several times in an image is one object even if it has two colours. A whole that comes once, whose
/// halves a strong border parts and every image shows side by side, is a group of objects that always stand together.
package struct FinerReading {
    private let compared: ComparedScenes
    private let evidence: [RegionEvidence]

    package init(of compared: ComparedScenes, evidence: [RegionEvidence]) {
        self.compared = compared
        self.evidence = evidence
    }

    /// How much more the halves may differ, in their places, than the whole does.
    private static let mostStraying: Float = 0.12

    private static let weakestBorder: Float = 0.5

    /// The smaller half is at least this part of the larger one.
    private static let smallestShare: Float = 0.2

    /// A whole that is liker to another region of its image than this does not come once.
    private static let alike: Float = 0.35

    /// A group comes apart in so many steps at most.
    private static let mostSteps = 6

    /// The same choice of nodes, with halves instead of groups.
    package func refined(_ nodes: [[Int]]) -> [[Int]] {
        var nodes = nodes
        for _ in 0..<Self.mostSteps {
            let next = nodes.indices.map { image in
                nodes[image].flatMap { node in halves(ofGroup: node, in: image, among: nodes) ?? [node] }.sorted()
            }
            if next == nodes { break }
            nodes = next
        }
        return nodes
    }

    /// Its halves if more than half of the images show a group.
    private func halves(ofGroup node: Int, in image: Int, among nodes: [[Int]]) -> [Int]? {
        guard let pieces = evidence[image].pieces[node] else { return nil }
        var votes = [looksGrouped(node, of: image)]
        for (place, other) in compared.others[image].enumerated() {
            let isObject = compared.regions[other].isObject(selected: nodes[other])
            let partner = compared.unlikeness[image][place].likest(node) { isObject[$0] }
            // Where people settled the objects there is nothing to take apart.
            guard let partner, let node = compared.regions[other].node(of: partner) else { continue }
            votes.append(looksGrouped(node, of: other))
        }
        return 2 * votes.count { $0 } > votes.count ? pieces.parts : nil
    }

    private func looksGrouped(_ node: Int, of image: Int) -> Bool {
        guard let pieces = evidence[image].pieces[node] else { return false }
        return pieces.usualStraying < Self.mostStraying && pieces.weakestBorder >= Self.weakestBorder
            && pieces.smallestShare >= Self.smallestShare && evidence[image].loneliness[node] > Self.alike
    }
}
