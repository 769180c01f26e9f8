internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets
internal import Verdicts

extension DifferenceFindings {
    /// Missing objects that lie together in one extra region have moved together: one cause.
    ///
    /// - Parameter least: so many of them at least.
    mutating func tellContents(_ told: inout [Difference], least: Int) {
        for extra in told where extra.known == nil {
            guard let seen = extra.seen, !isMark(seen) else { continue }
            let contents = contents(of: seen, among: told.compactMap { $0.seen == nil ? $0.known : nil })
            guard contents.count >= least, let first = contents.first else { continue }
            let isPart = { (difference: Difference) in
                difference.seen == seen
                    || (difference.seen == nil && contents.contains { $0.known == difference.known })
            }
            let deviation = told.filter(isPart).map(\.deviation).max() ?? extra.deviation
            told.removeAll(where: isPart)

            let place = contents.dropFirst().reduce(expectedPlace(first.known)) { $0.union(expectedPlace($1.known)) }
            let box = contents.dropFirst().reduce(box(of: first.node)) { $0.union(self.box(of: $1.node)) }
            let mask = contents.dropFirst().reduce(judgement.regions.mask(of: first.node)) {
                $0.union(judgement.regions.mask(of: $1.node))
            }
            var moved = Finding(
                kind: .moved, label: contents.count == 1 ? name(first.known) : nil, box: box, expectedBox: place,
                mask: mask, supportObject: reference(first.known), cost: cost(of: deviation), share: deviation / level,
                sentence: contents.count == 1
                    ? Sentence.moved(name(first.known), box: box, from: place, in: scene.frameSize)
                    : Sentence.movedTogether(contents.count, box: box, from: place, in: scene.frameSize))
            let empty = contents.map(\.known).filter { isEmpty($0, but: seen) }
            moved.share /= Float(1 + empty.count)
            findings.append(moved)
            for known in empty {
                findings.append(left(known, deviation: deviation, share: moved.share, now: box))
            }
        }
    }

    /// Which of some known objects lie in a region, the likest first, and the nodes that they are.
    private func contents(of seen: Int, among missing: [Int]) -> [(known: Int, node: Int)] {
        let inner = inner(seen)
        var free = inner
        var contents: [(known: Int, node: Int)] = []
        let offers = missing.flatMap { known in
            inner.map { (known, $0, judgement.looks.cost($0, kind: judgement.kinds[known])) }
        }.filter { $0.2 < min(Self.alike, lookCost(seen, $0.0)) }.sorted { $0.2 < $1.2 }
        for (known, node, _) in offers where free.contains(node) && !contents.contains(where: { $0.known == known }) {
            contents.append((known, node))
            let leaves = scene.hierarchy.nodes[node].leaves
            free.removeAll { scene.hierarchy.nodes[$0].leaves.overlaps(leaves) }
        }
        return contents
    }

    /// The nodes inside a seen object's; none in a join.
    func inner(_ seen: Int) -> [Int] {
        let node = judgement.nodes[seen]
        guard node < scene.hierarchy.nodes.count else { return [] }
        let leaves = scene.hierarchy.nodes[node].leaves
        return scene.hierarchy.nodes.indices.filter { other in
            let own = scene.hierarchy.nodes[other]
            return other != node && own.area >= scene.hierarchy.minimumArea
                && own.leaves.lowerBound >= leaves.lowerBound && own.leaves.upperBound <= leaves.upperBound
        }
    }

    func box(of node: Int) -> PixelBox {
        judgement.regions.box(of: node).scaled(from: scene.hierarchy.size, to: scene.frameSize)
    }

    /// The thing of another known kind that lies on a changed object, which without it looks as ever.
    ///
    /// A bolt's head may look like a nut, but without its head a bolt is less of a bolt.
    func burden(of difference: Difference) -> Finding? {
        guard let seen = difference.seen, let known = difference.known else { return nil }
        let kinds = Set(judgement.kinds).subtracting([judgement.kinds[known]])
        let offers = inner(seen).flatMap { node in
            kinds.map { (node, judgement.looks.cost(node, kind: $0)) }
        }.filter { $0.1 < Self.alike }.sorted { $0.1 < $1.1 }
        guard !offers.isEmpty else { return nil }
        let whole = unlikeness(mask(of: seen), known)
        for (node, _) in offers.prefix(Self.mostOffers) {
            let thing = judgement.regions.mask(of: node)
            guard unlikeness(mask(of: seen).subtracting(thing), known) < Self.relief * whole else { continue }
            return extra(thing, node: node, deviation: difference.deviation)
        }
        return nil
    }

    /// - Parameter node: the one that names it.
    private func extra(_ mask: Mask, node: Int, deviation: Float) -> Finding {
        let box = mask.box.scaled(from: mask.grid, to: scene.frameSize)
        return Finding(
            kind: .extra, label: judgement.looks.name(node), box: box, mask: mask, cost: cost(of: deviation),
            share: deviation / level,
            sentence: Sentence.extra(box, named: judgement.looks.name(node), in: scene.frameSize))
    }

    /// A heap may hold very many nodes.
    private static var mostOffers: Int { 8 }

    /// What is left of the difference when the thing that caused it is left out.
    private static var relief: Float { 0.5 }
}
