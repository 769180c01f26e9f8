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

        /// The same in the median of the other images: in some the region may come apart in another way.
        package let usualStraying: Float
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
                let (first, second) = (Float(nodes[halves.first].area), Float(nodes[halves.second].area))
                let unlike = zip(inPlace(halves.first, of: region), inPlace(halves.second, of: region))
                    .map { (first * $0 + second * $1) / (first + second) }
                return Pieces(
                    halves: halves, straying: share * unlike.reduce(0, +) - recurrence[region],
                    usualStraying: unlike.sorted()[unlike.count / 2] - recurrence[region])
            }
        }
        loneliness = nodes.indices.map { region in
            own.nearest(region) { !nodes[plausible[$0]].leaves.overlaps(nodes[region].leaves) }
        }
        self.recurrence = recurrence
    }
}
