/// How well the detections of some images agree with what is there.
package struct DetectionScores: Sendable, Equatable {
    /// The mean of |detections − true things| over the images; nil without images.
    package let countError: Double?

    /// The share of detections that match; nil without detections.
    package let precision: Double?

    /// The share of true things that are matched; nil where there are none.
    package let recall: Double?

    /// The area under the precision-recall curve of all images together, all points interpolated: at each recall the
    /// highest precision of that recall or more. Equally confident detections enter together. Nil where there is
    /// nothing to detect.
    package let averagePrecision: Double?

    /// The mean over the true things of the overlap with their matches, 0 for what is not matched; nil where there are
    /// none.
    package let meanOverlap: Double?

    /// - Parameter overlap: what a detection and a true thing have to share of their union to match.
    package init(of images: [DetectionImage], overlap: Double = 0.5) {
        self.init(of: images, matches: images.map { $0.matches(overlap: overlap) })
    }

    /// - Parameter matches: of each image, what `DetectionImage.matches(overlap:)` gives.
    package init(of images: [DetectionImage], matches: [[Int?]]) {
        var ranked: [(confidence: Double, isRight: Bool)] = []
        var truthCount = 0
        var differences = 0
        var overlapSum = 0.0
        for (image, matches) in zip(images, matches) {
            truthCount += image.truthCount
            differences += abs(image.confidences.count - image.truthCount)
            for (detection, match) in matches.enumerated() {
                ranked.append((image.confidences[detection], match != nil))
                if let match { overlapSum += image.overlaps[detection][match] }
            }
        }
        let rightCount = ranked.count { $0.isRight }
        countError = images.isEmpty ? nil : Double(differences) / Double(images.count)
        precision = ranked.isEmpty ? nil : Double(rightCount) / Double(ranked.count)
        recall = truthCount == 0 ? nil : Double(rightCount) / Double(truthCount)
        meanOverlap = truthCount == 0 ? nil : overlapSum / Double(truthCount)
        averagePrecision = truthCount == 0 ? nil : Self.area(under: ranked, truthCount: truthCount)
    }

    private static func area(under ranked: [(confidence: Double, isRight: Bool)], truthCount: Int) -> Double {
        let ranked = ranked.sorted { $0.confidence > $1.confidence }
        /// The corners of the curve, one for each distinct confidence.
        var corners: [(rightCount: Int, precision: Double)] = []
        var rightCount = 0
        for (index, detection) in ranked.enumerated() {
            if detection.isRight { rightCount += 1 }
            guard index + 1 == ranked.count || ranked[index + 1].confidence < detection.confidence else { continue }
            corners.append((rightCount, Double(rightCount) / Double(index + 1)))
        }
        var area = 0.0
        var highest = 0.0
        for index in corners.indices.reversed() {
            highest = max(highest, corners[index].precision)
            let before = index == 0 ? 0 : corners[index - 1].rightCount
            area += Double(corners[index].rightCount - before) * highest
        }
        return area / Double(truthCount)
    }
}
