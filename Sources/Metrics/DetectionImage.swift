/// What was detected in one image and how far it covers what is there.
package struct DetectionImage: Sendable, Equatable {
    /// How sure each detection is.
    package let confidences: [Double]

    /// The overlap (intersection over union) of each detection with each true thing: one row a detection.
    package let overlaps: [[Double]]
    package let truthCount: Int

    /// - Precondition: a row for each confidence, a value for each true thing in it; no confidence is NaN.
    package init(confidences: [Double], overlaps: [[Double]], truthCount: Int) {
        precondition(overlaps.count == confidences.count && overlaps.allSatisfy { $0.count == truthCount })
        precondition(confidences.allSatisfy { !$0.isNaN })
        self.confidences = confidences
        self.overlaps = overlaps
        self.truthCount = truthCount
    }

    /// For each detection the true thing that it is matched with, or nil.
    ///
    /// From the most confident on (equal ones in their order) each takes the thing, of those left, that it overlaps
    /// most and at least by `overlap`.
    package func matches(overlap: Double) -> [Int?] {
        let order = confidences.indices.sorted { (confidences[$0], $1) > (confidences[$1], $0) }
        var isTaken = [Bool](repeating: false, count: truthCount)
        var matches = [Int?](repeating: nil, count: confidences.count)
        for detection in order {
            let row = overlaps[detection]
            var best: Int?
            for truth in 0..<truthCount where !isTaken[truth] && row[truth] >= overlap {
                if let known = best, row[known] >= row[truth] { continue }
                best = truth
            }
            if let best { isTaken[best] = true }
            matches[detection] = best
        }
        return matches
    }
}
