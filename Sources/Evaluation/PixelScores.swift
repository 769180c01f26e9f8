internal import Imaging
internal import Metrics
internal import Verdicts

/// One image's scores, pixel by pixel, taken apart by what is defective.
struct PixelScores {
    let type: SampleType
    let background: SortedScores
    let foreground: [Float]

    /// The connected regions of all defects, for PRO, and the defects themselves, for sPRO.
    let connected: [RegionOverlap.Region]
    let defects: [RegionOverlap.Region]

    /// The whole map, kept only where there are truths to choose from.
    private let choice: (map: [Float], masks: DefectMasks)?

    init(map: AnomalyMap, masks: DefectMasks, type: SampleType) {
        self.type = type
        let scores = map.scaled(to: masks.grid).values
        var background: [Float] = []
        background.reserveCapacity(scores.count)
        var foreground: [Float] = []
        for place in scores.indices {
            if masks.union[place] == 0 { background.append(scores[place]) } else { foreground.append(scores[place]) }
        }
        self.background = SortedScores(background)
        self.foreground = foreground
        connected = Self.connected(masks.union, width: masks.grid.width, scores: scores)
        // With several truths, all of them together are the one to find here.
        if masks.alternatives.count == 1 {
            defects = masks.alternatives[0].map { defect in
                RegionOverlap.Region(scores: defect.places.map { scores[$0] }, saturation: defect.saturation)
            }
        } else {
            defects = foreground.isEmpty ? [] : [RegionOverlap.Region(scores: foreground)]
        }
        choice = masks.alternatives.count > 1 ? (scores, masks) : nil
    }

    private init(
        type: SampleType, background: SortedScores, foreground: [Float], connected: [RegionOverlap.Region]
    ) {
        self.type = type
        self.background = background
        self.foreground = foreground
        self.connected = connected
        defects = []
        choice = nil
    }

    var hasChoice: Bool { choice != nil }

    /// CELAD's rule: of all valid truths the one that overlaps the prediction most, the prediction being the map cut
    /// at a threshold.
    func choosing(at threshold: Float) -> PixelScores {
        guard let choice else { return self }
        let scores = choice.map
        var best: (ratio: Double, bitmap: [UInt8])?
        for truth in choice.masks.alternatives {
            var bitmap = [UInt8](repeating: 0, count: scores.count)
            for defect in truth {
                for place in defect.places { bitmap[place] = 1 }
            }
            var common = 0
            var either = 0
            for place in scores.indices {
                let isPredicted = scores[place] >= threshold
                if isPredicted && bitmap[place] != 0 { common += 1 }
                if isPredicted || bitmap[place] != 0 { either += 1 }
            }
            let ratio = either > 0 ? Double(common) / Double(either) : 0
            if best.map({ ratio > $0.ratio }) ?? true { best = (ratio, bitmap) }
        }
        guard let bitmap = best?.bitmap else { return self }
        let places = scores.indices
        return PixelScores(
            type: type, background: SortedScores(places.filter { bitmap[$0] == 0 }.map { scores[$0] }),
            foreground: places.filter { bitmap[$0] != 0 }.map { scores[$0] },
            connected: Self.connected(bitmap, width: choice.masks.grid.width, scores: scores))
    }

    private static func connected(_ bitmap: [UInt8], width: Int, scores: [Float]) -> [RegionOverlap.Region] {
        ConnectedRegions.of(bitmap, width: width).map { places in
            RegionOverlap.Region(scores: places.map { scores[$0] })
        }
    }
}
