/// How much of each defect the pixels at or above a threshold cover, as that threshold falls.
///
/// With the whole area of a connected region as its saturation this is PRO (Bergmann et al., "The MVTec Anomaly
/// Detection Dataset", IJCV 2021); with a smaller one it is sPRO (Bergmann et al., "Beyond Dents and Scratches", IJCV
/// 2022), where covering that much of a region already counts as all of it.
package struct RegionOverlap: Sendable {
    /// One true defect region.
    package struct Region: Equatable, Sendable {
        /// The scores of its pixels, in any order; not empty.
        package let scores: [Float]

        /// The number of pixels that is enough, above 0; the whole region where it is larger.
        package let saturation: Double

        package init(scores: [Float], saturation: Double? = nil) {
            precondition(!scores.isEmpty && saturation ?? 1 > 0)
            self.scores = scores
            self.saturation = min(saturation ?? .infinity, Double(scores.count))
        }
    }

    /// A pixel of a region, and by how much it raises the mean overlap.
    private struct Gain {
        let score: Float
        let share: Double
    }

    private let gains: [Gain]
    private let background: [Float]
    private let isMeasurable: Bool

    /// - Parameters:
    ///   - background: the scores of all pixels outside every defect, good images included.
    package init(regions: [Region], background: [Float]) {
        self.init(regions: regions, background: SortedScores(background))
    }

    package init(regions: [Region], background: SortedScores) {
        var gains: [Gain] = []
        for region in regions {
            let sorted = SortedScores(region.scores).values
            for (index, score) in sorted.prefix(Int(region.saturation.rounded(.up))).enumerated() {
                let part = min(1, region.saturation - Double(index))
                gains.append(Gain(score: score, share: part / region.saturation / Double(regions.count)))
            }
        }
        self.gains = gains.sorted { $0.score > $1.score }
        self.background = background.values
        isMeasurable = !regions.isEmpty && !background.values.isEmpty
    }

    /// The area under the curve of mean overlap against the rate of false-positive pixels, up to each limit and divided
    /// by it; nil where there is no region or no background.
    ///
    /// - Parameter limits: rates above 0 and at most 1, rising.
    package func areas(upTo limits: [Double]) -> [Double?] {
        guard isMeasurable else { return limits.map { _ in nil } }
        var areas: [Double] = []
        var point = (rate: 0.0, overlap: 0.0)
        var area = 0.0
        /// Goes on in a straight line, noting the area where a limit is passed.
        func advance(to rate: Double, _ overlap: Double) {
            while areas.count < limits.count, rate >= limits[areas.count] {
                let limit = limits[areas.count]
                let part = rate > point.rate ? (limit - point.rate) / (rate - point.rate) : 0
                let between = point.overlap + part * (overlap - point.overlap)
                areas.append((area + (limit - point.rate) * (point.overlap + between) / 2) / limit)
            }
            area += (rate - point.rate) * (point.overlap + overlap) / 2
            point = (rate, overlap)
        }
        let scale = 1 / Double(background.count)
        var above = 0
        var index = 0
        var overlap = 0.0
        while index < gains.count {
            let threshold = gains[index].score
            while above < background.count, background[above] > threshold { above += 1 }
            advance(to: Double(above) * scale, overlap)
            while index < gains.count, gains[index].score == threshold {
                overlap += gains[index].share
                index += 1
            }
            while above < background.count, background[above] == threshold { above += 1 }
            advance(to: Double(above) * scale, overlap)
        }
        advance(to: 1, overlap)
        return areas
    }
}
