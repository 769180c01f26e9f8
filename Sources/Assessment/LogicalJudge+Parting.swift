internal import Composition
internal import Regions
internal import SupportSets

extension LogicalJudge {
    /// What was chosen, with two known things in place of what the hierarchy joins in another way: where a washer touches a
    /// bolt's head it may join those two before the bolt's own parts, and then no node is the bolt. What is left of such a
    /// node without the washer is.
    ///
    /// - Parameters:
    ///   - regions: what is left of a node without a thing is added to them.
    ///   - looks: of all regions.
    func parted(
        _ chosen: [Int], in scene: Scene, regions: inout SceneRegions, looks: inout LookTable
    ) -> [Int] {
        let hierarchy = scene.hierarchy
        // Where as many known things were chosen as any good image holds, none is torn.
        let known = chosen.count { leastCost(of: $0, in: looks) < Self.mostUnlike }
        guard known < mostObjects else { return chosen }
        var nodes = chosen
        func replace(_ old: [Int], by parting: Parting) {
            looks.append(parting.row, of: parting.table)
            let rest = regions.join(
                parting.rest, descriptor: parting.descriptor, confidence: 1 - parting.cost)
            nodes.removeAll { old.contains($0) }
            nodes += nodes.contains(parting.thing) ? [rest] : [parting.thing, rest]
        }
        // Chosen as one.
        for region in chosen where leastCost(of: region, in: looks) > Self.mostUnlike {
            let things = hierarchy.nodes.indices.filter {
                $0 != region && hierarchy.holds(region, $0) && hierarchy.nodes[$0].area >= hierarchy.minimumArea
                    && leastCost(of: $0, in: looks) < Self.mostUnlike
            }
            let parting = parting(
                things.map { (thing: $0, rest: hierarchy.rest(of: region, without: $0)) }, in: scene)
            if let parting { replace([region], by: parting) }
        }
        // Chosen as a thing and pieces of another.
        for thing in chosen where nodes.contains(thing) && leastCost(of: thing, in: looks) < Self.mostUnlike {
            var partings: [(thing: Int, rest: [Int])] = []
            var region = thing
            while let parent = hierarchy.nodes[region].parent {
                region = parent
                let isAnother = nodes.contains {
                    $0 != thing && $0 < hierarchy.nodes.count && hierarchy.holds(region, $0)
                        && leastCost(of: $0, in: looks) < Self.mostUnlike
                }
                if isAnother { break }
                partings.append((thing, hierarchy.rest(of: region, without: thing)))
            }
            if let parting = parting(partings, in: scene) {
                replace(
                    nodes.filter { node in
                        node < hierarchy.nodes.count && parting.rest.contains { hierarchy.holds($0, node) }
                    }, by: parting)
            }
        }
        return nodes
    }

    /// A thing, and what is left without it of a node that holds it.
    private struct Parting {
        let thing: Int
        let rest: [Int]
        let descriptor: ObjectDescriptor

        /// What the rest costs as a known thing.
        let cost: Float

        /// Where the rest stands in its table.
        let row: Int
        let table: LookTable
    }

    /// The one whose rest is likest to a known thing; nil where none is like one.
    private func parting(_ partings: [(thing: Int, rest: [Int])], in scene: Scene) -> Parting? {
        let hierarchy = scene.hierarchy
        // A rest that is a node was chosen or not as it is.
        let partings = partings.filter { parting in
            parting.rest.count > 1
                && parting.rest.reduce(0) { $0 + hierarchy.nodes[$1].area } >= hierarchy.minimumArea
        }
        guard !partings.isEmpty else { return nil }
        let descriptors = partings.map { parting in
            parting.rest.dropFirst().reduce(scene.candidates[parting.rest[0]]) { $0.joined(with: scene.candidates[$1]) }
        }
        let table = kinds.table(of: descriptors.map { ComparableObject($0, centre: bank.centre) })
        let costs = partings.indices.map { leastCost(of: $0, in: table) }
        guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[best] < Self.mostUnlike else {
            return nil
        }
        return Parting(
            thing: partings[best].thing, rest: partings[best].rest, descriptor: descriptors[best], cost: costs[best],
            row: best, table: table)
    }

    /// What a region costs as one of the kind that it is likest to.
    private func leastCost(of region: Int, in looks: LookTable) -> Float {
        kinds.looks.indices.reduce(1) { min($0, looks.cost(region, kind: $1)) }
    }

    /// A region that costs less is a known thing.
    private static let mostUnlike: Float = 0.4
}

extension RegionHierarchy {
    fileprivate func holds(_ region: Int, _ node: Int) -> Bool {
        nodes[node].leaves.clamped(to: nodes[region].leaves) == nodes[node].leaves
    }

    /// The nodes that a region consists of beside one of those below it.
    fileprivate func rest(of region: Int, without node: Int) -> [Int] {
        var rest: [Int] = []
        var node = node
        while node != region, let parent = nodes[node].parent, let children = nodes[parent].children {
            rest.append(children.first == node ? children.second : children.first)
            node = parent
        }
        return rest
    }
}
