/// How well scores tell positives from negatives, whatever the threshold: everything at or above it counts as positive.
package struct Ranking: Sendable {
    private let positives: [Float]
    private let negatives: [Float]

    /// - Precondition: no score is NaN.
    package init(positives: [Float], negatives: [Float]) {
        self.init(positives: SortedScores(positives), negatives: SortedScores(negatives))
    }

    package init(positives: SortedScores, negatives: SortedScores) {
        self.positives = positives.values
        self.negatives = negatives.values
    }

    /// One threshold with the counts of what lies at or above it.
    package struct Step: Equatable, Sendable {
        package let threshold: Float
        package let truePositives: Int
        package let falsePositives: Int
    }

    private var hasBothClasses: Bool { !positives.isEmpty && !negatives.isEmpty }

    /// The area under the ROC curve: the chance that a positive scores higher than a negative, a tie counting half.
    ///
    /// Nil if there is only one class.
    package var areaUnderCurve: Double? {
        guard hasBothClasses else { return nil }
        var area = 0.0
        var last = Step(threshold: .infinity, truePositives: 0, falsePositives: 0)
        forEachStep { step in
            area +=
                Double(step.falsePositives - last.falsePositives)
                * Double(step.truePositives + last.truePositives) / 2
            last = step
        }
        return area / Double(positives.count) / Double(negatives.count)
    }

    /// `Σ (Rₙ − Rₙ₋₁) Pₙ` over all thresholds, without interpolation; nil if there is only one class.
    package var averagePrecision: Double? {
        guard hasBothClasses else { return nil }
        var sum = 0.0
        var found = 0
        forEachStep { step in
            guard step.truePositives > found else { return }
            let precision = Double(step.truePositives) / Double(step.truePositives + step.falsePositives)
            sum += Double(step.truePositives - found) * precision
            found = step.truePositives
        }
        return sum / Double(positives.count)
    }

    /// The largest F1 of any threshold, and the highest threshold that reaches it; nil if there is only one class.
    package var bestF1: (value: Double, threshold: Float)? {
        guard hasBothClasses else { return nil }
        var best = (value: 0.0, threshold: Float.infinity)
        forEachStep { step in
            // 2 TP / (2 TP + FP + FN)
            let value =
                2 * Double(step.truePositives)
                / Double(step.truePositives + step.falsePositives + positives.count)
            if value > best.value { best = (value, step.threshold) }
        }
        return best
    }

    /// The corners of the ROC curve from (0, 0) to (1, 1); empty if there is only one class.
    package var curve: [(falsePositiveRate: Double, truePositiveRate: Double)] {
        guard hasBothClasses else { return [] }
        var points = [(falsePositiveRate: 0.0, truePositiveRate: 0.0)]
        forEachStep { step in
            points.append(
                (
                    Double(step.falsePositives) / Double(negatives.count),
                    Double(step.truePositives) / Double(positives.count)
                ))
        }
        return points
    }

    /// Calls `body` for each distinct score, from the highest on.
    private func forEachStep(_ body: (Step) -> Void) {
        var positive = 0
        var negative = 0
        while positive < positives.count || negative < negatives.count {
            let threshold: Float
            if positive == positives.count {
                threshold = negatives[negative]
            } else if negative == negatives.count {
                threshold = positives[positive]
            } else {
                threshold = max(positives[positive], negatives[negative])
            }
            while positive < positives.count, positives[positive] == threshold { positive += 1 }
            while negative < negatives.count, negatives[negative] == threshold { negative += 1 }
            body(Step(threshold: threshold, truePositives: positive, falsePositives: negative))
        }
    }
}
