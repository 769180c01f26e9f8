internal import LinearAlgebra
internal import RealModule
package import SupportSets

/// Fits a class head: multinomial logistic regression on all samples at once, AdamW (Loshchilov and Hutter 2019).
///
/// The loss is convex and begins at zero weights, so the same samples give the same head.
package enum ClassHeadFit {
    private static let stepCount = 250
    private static let rate: Float = 0.05
    private static let decay: Float = 0.02

    /// - Parameter centre: the mean feature of the good images.
    package static func head(names: [String], samples: [ClassSample], centre: [Float]) -> ClassHead {
        precondition(!names.isEmpty && !samples.isEmpty)
        let (means, deviations) = standard(of: samples)
        let width = centre.count + ClassHead.measureCount + 1
        let classCount = names.count + 1
        var rows = Matrix(repeating: 0, rowCount: samples.count, columnCount: width)
        var columns = Matrix(repeating: 0, rowCount: width, columnCount: samples.count)
        for (row, sample) in samples.enumerated() {
            let features = ClassHead.features(
                of: sample.object, centre: centre, means: means, deviations: deviations)
            for column in 0..<width {
                rows[row, column] = features[column]
                columns[column, row] = features[column]
            }
        }
        let targets = targets(of: samples, classCount: classCount)
        let importance = importance(of: samples, classCount: classCount)

        var weights = Matrix(repeating: 0, rowCount: classCount, columnCount: width)
        var momentum = [Float](repeating: 0, count: weights.elements.count)
        var square = momentum
        var logits = Matrix(repeating: 0, rowCount: samples.count, columnCount: classCount)
        var residuals = Matrix(repeating: 0, rowCount: classCount, columnCount: samples.count)
        var gradient = Matrix(repeating: 0, rowCount: classCount, columnCount: width)
        for step in 1...stepCount {
            BLAS.multiply(rows, transposed: weights, into: &logits)
            for row in samples.indices {
                var largest = -Float.infinity
                for index in 0..<classCount { largest = max(largest, logits[row, index]) }
                var total: Float = 0
                for index in 0..<classCount {
                    logits[row, index] = Float.exp(logits[row, index] - largest)
                    total += logits[row, index]
                }
                for index in 0..<classCount {
                    residuals[index, row] =
                        importance[row] * (logits[row, index] / total - targets[row * classCount + index])
                }
            }
            BLAS.multiply(residuals, transposed: columns, into: &gradient)
            // Falls to a tenth, so that the end does not shake.
            let rate = Self.rate * (0.1 + 0.9 * Float(stepCount - step) / Float(stepCount))
            let first = 1 - Float.pow(0.9, step)
            let second = 1 - Float.pow(0.999, step)
            for index in weights.elements.indices {
                let slope = gradient.elements[index]
                momentum[index] = 0.9 * momentum[index] + 0.1 * slope
                square[index] = 0.999 * square[index] + 0.001 * slope * slope
                let change = (momentum[index] / first) / ((square[index] / second).squareRoot() + 1e-8)
                weights.elements[index] -= rate * (change + decay * weights.elements[index])
            }
        }
        return ClassHead(
            names: names, centre: centre, means: means, deviations: deviations, weights: weights.elements)
    }

    /// Means and deviations of colour and shape over what is an object.
    private static func standard(of samples: [ClassSample]) -> (means: [Float], deviations: [Float]) {
        let objects = samples.filter { $0.index != nil && $0.share > 0.5 }
        let measures = (objects.isEmpty ? samples : objects).map { ClassHead.measures(of: $0.object) }
        var means = [Float](repeating: 0, count: ClassHead.measureCount)
        var squares = means
        for values in measures {
            for index in means.indices {
                means[index] += values[index] / Float(measures.count)
                squares[index] += values[index] * values[index] / Float(measures.count)
            }
        }
        // Floors: two levels of L*, a*, b*, a tenth of the log lengths, a twentieth of the elongation.
        let floors: [Float] = [2, 2, 2, 2, 2, 2, 0.1, 0.1, 0.1, 0.05]
        let deviations = means.indices.map { index in
            max(floors[index], max(0, squares[index] - means[index] * means[index]).squareRoot())
        }
        return (means, deviations)
    }

    private static func targets(of samples: [ClassSample], classCount: Int) -> [Float] {
        var targets = [Float](repeating: 0, count: samples.count * classCount)
        for (row, sample) in samples.enumerated() {
            let share = sample.index == nil ? 0 : sample.share
            if let index = sample.index { targets[row * classCount + index] = share }
            targets[row * classCount + classCount - 1] += 1 - share
        }
        return targets
    }

    /// Rare classes count as much as frequent ones; all together add up to 1.
    private static func importance(of samples: [ClassSample], classCount: Int) -> [Float] {
        var counts = [Float](repeating: 0, count: classCount)
        func group(_ sample: ClassSample) -> Int {
            sample.share >= 0.5 ? sample.index ?? classCount - 1 : classCount - 1
        }
        for sample in samples { counts[group(sample)] += 1 }
        let present = Float(counts.count { $0 > 0 })
        return samples.map { 1 / (present * counts[group($0)]) }
    }
}
