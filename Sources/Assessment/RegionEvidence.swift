internal import RealModule
package import Regions

/// What good images of the same product say of each region of one image: what recurs, and whether it keeps its place in
/// what holds it.
///
/// The grains of a heap look alike in every image, but lie elsewhere in it each time; the boxes of a row recur one beside
/// the other.
package struct RegionEvidence: Sendable {
    /// The region above one that recurs best.
    package struct Holder: Sendable {
        /// How unlike it is to the likest regions of the other images.
        package let recurrence: Float

        /// How much more unlike its place in the holder makes the region.
        package let straying: Float
    }

    /// What a region is joined from.
    package struct Pieces: Sendable {
        package let halves: RegionHalves

        /// How much more unlike they are, in their places, than the region itself; on average by their areas.
        package let straying: Float

        /// The regions that it comes apart into: halves, or what these come apart into where that keeps its place better.
        /// Of three boxes in a row the first two may be a half in one image and the last two in another.
        package let parts: [Int]

        /// How much more unlike the parts are, in their places, in the median of the other images: in some the region may
        /// come apart in another way.
        package let usualStraying: Float

        /// The weakest border between the parts, and the smallest one's area as a part of the largest one's.
        package let weakestBorder: Float
        package let smallestShare: Float
    }

    /// How unlike each region is to the likest one of another image, on average over the images.
    package let recurrence: [Float]

    /// How unlike each region is to the likest one of its own image that shares nothing with it.
    package let loneliness: [Float]

    /// Nil for a root.
    package let holders: [Holder?]

    /// Nil for what does not come apart.
    package let pieces: [Pieces?]

    /// - Precondition: there is another image.
    /// - Parameters:
    ///   - places: those of the hierarchy's regions.
    ///   - own: the regions compared to `plausible` ones of the same image.
    ///   - others: for each other image how unlike the regions are to its regions, and where those lie.
    package init(
        of hierarchy: RegionHierarchy, places: [RegionPlace], own: RegionUnlikeness, plausible: [Int],
        others: [(unlikeness: RegionUnlikeness, places: [RegionPlace])]
    ) {
        let nodes = hierarchy.nodes
        let share = 1 / Float(others.count)
        let recurrence = nodes.indices.map { region in
            others.reduce(Float(0)) { $0 + share * $1.unlikeness.nearest(region) { _ in true } }
        }
        let likest = others.map { other in nodes.indices.map { other.unlikeness.likest($0) } }
        /// For each other image how unlike the likest region is where one should lie if what holds it lies where it does
        /// there.
        func inPlace(_ region: Int, of holder: Int) -> [Float] {
            others.enumerated().map { index, other in
                guard let partner = likest[index][holder] else { return RegionUnlikeness.strange }
                let place = places[region].moved(from: places[holder], to: other.places[partner])
                return other.unlikeness.nearest(region, at: place, among: other.places)
            }
        }
        var best: [Int?] = nodes.map { _ in nil }
        // Parents come after their children.
        for region in nodes.indices.reversed() {
            guard let parent = nodes[region].parent else { continue }
            best[region] = best[parent].map { recurrence[$0] < recurrence[parent] ? $0 : parent } ?? parent
        }
        holders = nodes.indices.map { region in
            best[region].map {
                Holder(
                    recurrence: recurrence[$0],
                    straying: share * inPlace(region, of: $0).reduce(0, +) - recurrence[region])
            }
        }
        pieces = nodes.indices.map { region in
            hierarchy.halves(of: region).map { halves in
                let ends = [halves.first, halves.second].map {
                    Self.parts(from: $0, of: region, in: hierarchy, inPlace: { inPlace($0, of: $1) })
                }
                let all = ends[0].joined(with: ends[1], border: halves.border)
                let mean = Self.mean(
                    [halves.first, halves.second].map { (Float(nodes[$0].area), inPlace($0, of: region)) })
                let areas = all.parts.map { Float(nodes[$0].area) }
                return Pieces(
                    halves: halves, straying: share * mean.reduce(0, +) - recurrence[region], parts: all.parts,
                    usualStraying: Self.median(all.unlike) - recurrence[region], weakestBorder: all.border,
                    smallestShare: (areas.min() ?? 0) / max(1, areas.max() ?? 1))
            }
        }
        loneliness = nodes.indices.map { region in
            own.nearest(region) { !nodes[plausible[$0]].leaves.overlaps(nodes[region].leaves) }
        }
        self.recurrence = recurrence
    }

    /// Regions that lie side by side in another, and how unlike they are there in each other image.
    private struct Parts {
        var parts: [Int]
        var area: Float
        var unlike: [Float]
        var border: Float

        func joined(with other: Parts, border: Float) -> Parts {
            Parts(
                parts: parts + other.parts, area: area + other.area,
                unlike: RegionEvidence.mean([(area, unlike), (other.area, other.unlike)]),
                border: min(border, self.border, other.border))
        }
    }

    /// So much less unlike have the halves of a half to be.
    private static let clearGain: Float = 0.1

    /// A half, or its own halves where they keep their places in the holder clearly better.
    private static func parts(
        from region: Int, of holder: Int, in hierarchy: RegionHierarchy, inPlace: (Int, Int) -> [Float]
    ) -> Parts {
        func alone(_ region: Int) -> Parts {
            Parts(
                parts: [region], area: Float(hierarchy.nodes[region].area), unlike: inPlace(region, holder), border: 1)
        }
        let whole = alone(region)
        guard let halves = hierarchy.halves(of: region) else { return whole }
        let apart = alone(halves.first).joined(with: alone(halves.second), border: halves.border)
        return median(apart.unlike) + clearGain < median(whole.unlike) ? apart : whole
    }

    /// The mean by area, other image by other image.
    private static func mean(_ parts: [(area: Float, unlike: [Float])]) -> [Float] {
        let area = parts.reduce(0) { $0 + $1.area }
        return parts[0].unlike.indices.map { other in
            parts.reduce(0) { $0 + $1.area * $1.unlike[other] } / area
        }
    }

    private static func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }
}
