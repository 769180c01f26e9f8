internal import Metrics

/// How well the maps of one draw tell defective pixels from good ones; nil where there is nothing to tell.
package struct PixelFigures: Equatable, Sendable, Codable {
    /// LOCO's limits of the false-positive rate.
    package static let limits = [0.01, 0.05, 0.1, 0.3, 1.0]

    /// The limit of PRO.
    private static let proLimit = 0.3

    package let auroc: Double?
    package let bestF1: Double?
    package let pro: Double?

    /// One value for each limit: of all defects, of logical and of structural ones.
    package let spro: [SaturatedOverlap]

    /// The same figures by CELAD's rule.
    package let celad: Celad

    package struct SaturatedOverlap: Equatable, Sendable, Codable {
        package let all: Double?
        package let logical: Double?
        package let structural: Double?
    }

    package struct Celad: Equatable, Sendable, Codable {
        package let auroc: Double?
        package let bestF1: Double?
        package let pro: Double?
    }

    init(of images: [PixelScores]) {
        var backgrounds: [SampleType: SortedScores] = [:]
        for type in SampleType.allCases {
            backgrounds[type] = Self.merged(images.filter { $0.type == type }.map(\.background))
        }
        let background = Self.merged(SampleType.allCases.compactMap { backgrounds[$0] })
        let ranking = Ranking(positives: SortedScores(images.flatMap(\.foreground)), negatives: background)
        let best = ranking.bestF1
        auroc = ranking.areaUnderCurve
        bestF1 = best?.value
        pro = Self.pro(images, background: background)

        func spro(_ types: [SampleType]) -> [Double?] {
            let regions = images.filter { types.contains($0.type) }.flatMap(\.defects)
            guard !regions.isEmpty else { return Self.limits.map { _ in nil } }
            // As LOCO's own evaluation has it, each sort of defect is measured beside the good images.
            let scores =
                types.count > 1 ? background : Self.merged((types + [.good]).compactMap { backgrounds[$0] })
            return RegionOverlap(regions: regions, background: scores).areas(upTo: Self.limits)
        }
        let (all, logical, structural) = (spro([.logical, .structural]), spro([.logical]), spro([.structural]))
        self.spro = Self.limits.indices.map {
            SaturatedOverlap(all: all[$0], logical: logical[$0], structural: structural[$0])
        }

        if let threshold = best?.threshold, images.contains(where: \.hasChoice) {
            let chosen = images.map { $0.choosing(at: threshold) }
            let outside = Self.merged(chosen.map(\.background))
            let ranking = Ranking(positives: SortedScores(chosen.flatMap(\.foreground)), negatives: outside)
            celad = Celad(
                auroc: ranking.areaUnderCurve, bestF1: ranking.bestF1?.value,
                pro: Self.pro(chosen, background: outside))
        } else {
            celad = Celad(auroc: auroc, bestF1: bestF1, pro: pro)
        }
    }

    private static func pro(_ images: [PixelScores], background: SortedScores) -> Double? {
        RegionOverlap(regions: images.flatMap(\.connected), background: background).areas(upTo: [proLimit])[0]
    }

    /// Merges neighbours, then the results, so that no score is moved more than a few times.
    private static func merged(_ lists: [SortedScores]) -> SortedScores {
        var lists = lists
        while lists.count > 2 {
            lists = stride(from: 0, to: lists.count, by: 2).map { start in
                SortedScores(merging: Array(lists[start..<min(start + 2, lists.count)]))
            }
        }
        return SortedScores(merging: lists)
    }
}
