/// Which source samples make each target sample along one axis, and with which weights.
///
/// - Shrinking averages by area: a target sample covers `source / target` source samples, those at its ends in part.
/// - Enlarging interpolates linearly between sample centres; beyond the outermost centres the outermost value holds.
struct ResampleAxis {
    let sourceCount: Int
    let targetCount: Int

    /// The first source sample of each target sample.
    let starts: [Int]

    /// How many source samples each target sample takes at most; unused weights are 0.
    let tapCount: Int

    /// `tapCount` weights a target sample; each target's add up to 1.
    let weights: [Float]

    var isIdentity: Bool { sourceCount == targetCount }

    init(from sourceCount: Int, to targetCount: Int) {
        precondition(sourceCount > 0 && targetCount > 0)
        self.sourceCount = sourceCount
        self.targetCount = targetCount
        let ratio = Double(sourceCount) / Double(targetCount)
        let isShrinking = sourceCount > targetCount
        let tapCount = sourceCount == targetCount ? 1 : min(sourceCount, isShrinking ? Int(ratio.rounded(.up)) + 1 : 2)
        var starts = [Int](repeating: 0, count: targetCount)
        var weights = [Float](repeating: 0, count: targetCount * tapCount)
        for index in 0..<targetCount {
            let first: Int
            if isShrinking {
                // in whole numbers, so that a cell's end is exactly the next one's start
                let lower = index * sourceCount
                let upper = lower + sourceCount
                first = min(lower / targetCount, sourceCount - tapCount)
                for tap in 0..<tapCount {
                    let sample = (first + tap) * targetCount
                    let covered = min(sample + targetCount, upper) - max(sample, lower)
                    weights[index * tapCount + tap] = Float(Double(max(0, covered)) / Double(sourceCount))
                }
            } else if tapCount == 1 {
                first = min(index, sourceCount - 1)
                weights[index] = 1
            } else {
                let centre = max(0, min(Double(sourceCount - 1), (Double(index) + 0.5) * ratio - 0.5))
                first = min(Int(centre), sourceCount - 2)
                weights[index * 2] = Float(1 - (centre - Double(first)))
                weights[index * 2 + 1] = Float(centre - Double(first))
            }
            starts[index] = first
        }
        self.tapCount = tapCount
        self.starts = starts
        self.weights = weights
    }
}
