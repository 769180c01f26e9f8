/// What the good images say about scores: nothing here comes from a defective image.
package struct Calibration: Codable, Equatable, Sendable {
    /// `leave-one-out`, or `altered-views` when there is one support image only.
    package var method: String

    /// How many scores of good images stand behind each threshold.
    package var sampleSize: Int

    /// What this sample can promise about false alarms, in plain English.
    package var promise: String

    /// By the name of the judging method.
    package var methods: [String: MethodCalibration]

    /// What a structural score is divided by in `assay`, and the same for a logical one.
    package var structuralLevel: Float
    package var logicalLevel: Float

    package init(
        method: String, sampleSize: Int, promise: String, methods: [String: MethodCalibration],
        structuralLevel: Float, logicalLevel: Float
    ) {
        self.method = method
        self.sampleSize = sampleSize
        self.promise = promise
        self.methods = methods
        self.structuralLevel = structuralLevel
        self.logicalLevel = logicalLevel
    }

    private enum CodingKeys: String, CodingKey {
        case method
        case sampleSize = "sample_size"
        case promise, methods
        case structuralLevel = "structural_level"
        case logicalLevel = "logical_level"
    }
}

/// The threshold of one judging method, with the scores of good images that it rests on.
package struct MethodCalibration: Codable, Equatable, Sendable {
    package var threshold: Float

    /// Scores from `guardLow` to below `guardHigh` are inconclusive.
    package var guardLow: Float
    package var guardHigh: Float

    /// An object that deviates by more than this is a finding; no object of the good images does.
    package var findingLimit: Float
    package var scores: [Float]

    package init(threshold: Float, guardLow: Float, guardHigh: Float, findingLimit: Float, scores: [Float]) {
        self.threshold = threshold
        self.guardLow = guardLow
        self.guardHigh = guardHigh
        self.findingLimit = findingLimit
        self.scores = scores
    }

    private enum CodingKeys: String, CodingKey {
        case threshold
        case guardLow = "guard_low"
        case guardHigh = "guard_high"
        case findingLimit = "finding_limit"
        case scores
    }
}
