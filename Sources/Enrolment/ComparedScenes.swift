package import Assessment
package import Composition
internal import Imaging
internal import Regions

/// Good images whose regions are compared with one another.
package struct ComparedScenes: Sendable {
    /// Every image is compared with so many at most, so that time and memory grow with the number of images only.
    private static let mostOthers = 8

    package let scenes: [Scene]
    package let regions: [ReferenceRegions]

    /// For each image those that it is compared with, and how unlike their regions are.
    package let others: [[Int]]
    package let unlikeness: [[RegionUnlikeness]]

    /// For each image what the others say of its nodes; nil for a single image.
    package let evidence: [RegionEvidence]?

    /// - Parameter settled: for each image its objects if they are known.
    package init(
        _ scenes: [Scene], candidates: [[ComparableObject]], settled: [[DetectedObject]?], centre: [Float]
    ) {
        self.scenes = scenes
        let regions = scenes.indices.map { index in
            ReferenceRegions(
                scene: scenes[index], candidates: candidates[index], settled: settled[index], centre: centre)
        }
        let others = scenes.indices.map { image in
            (1..<max(1, min(scenes.count, Self.mostOthers + 1))).map { (image + $0) % scenes.count }
        }
        let plausible = scenes.map(\.plausibleNodes)
        let unlikeness = scenes.indices.map { image in
            others[image].map { other in
                RegionUnlikeness(
                    of: candidates[image], compared: plausible[image], to: regions[other].comparables)
            }
        }
        self.regions = regions
        self.others = others
        self.unlikeness = unlikeness
        guard scenes.count > 1 else {
            evidence = nil
            return
        }
        let places = scenes.indices.map { index in
            let aspect = scenes[index].aspect
            return regions[index].comparables.map { RegionPlace($0.descriptor, aspect: aspect) }
        }
        evidence = scenes.indices.map { image in
            RegionEvidence(
                of: scenes[image].hierarchy,
                places: candidates[image].map { RegionPlace($0.descriptor, aspect: scenes[image].aspect) },
                own: RegionUnlikeness(
                    of: candidates[image], compared: plausible[image],
                    to: plausible[image].map { candidates[image][$0] }),
                plausible: plausible[image],
                others: others[image].indices.map { (unlikeness[image][$0], places[others[image][$0]]) })
        }
    }
}

extension Scene {
    /// The shorter side divided by the longer one.
    fileprivate var aspect: Float {
        let size = hierarchy.size
        return Float(min(size.width, size.height)) / Float(max(size.width, size.height))
    }
}
