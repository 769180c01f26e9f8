package import SupportSets

/// For each good image the nodes of its hierarchy that are objects.
package struct SelectedObjects {
    package private(set) var nodes: [[Int]]

    /// How far the images agree on them; nil for a single image.
    package let agreement: ObjectAgreement?

    package init(nodes: [[Int]], agreement: ObjectAgreement?) {
        self.nodes = nodes
        self.agreement = agreement
    }

    /// Of some of the images.
    func subset(_ kept: [Int]) -> SelectedObjects {
        SelectedObjects(nodes: kept.map { nodes[$0] }, agreement: agreement)
    }

    /// Adds what was overlooked.
    ///
    /// What each good image shows belongs to the product: it would be extra in every good frame. And where an image has
    /// fewer objects than the images usually have, what makes up for it was only not sure enough there.
    ///
    /// - Parameter found: for each image what a bank of the selected objects finds in it.
    package mutating func complete(by found: [[Int]]) {
        let more = zip(found, nodes).map { found, selected in
            Set(selected).isSubset(of: found) ? found.count - selected.count : 0
        }
        let usual = nodes.map(\.count).sorted()[(nodes.count - 1) / 2]
        let isInAll = more[0] > 0 && Set(more).count == 1
        for image in nodes.indices where isInAll || more[image] > 0 && found[image].count <= usual {
            nodes[image] = found[image]
        }
    }
}
