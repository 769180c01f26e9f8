internal import Assessment
package import Inference

/// What a result rests on, as its JSON file tells.
package struct EvaluationSettings: Sendable, Encodable {
    package let path: String
    package let layout: String
    package let method: String
    package let shots: Int
    package let seeds: Int

    /// Training images whose annotations are used for what is corrected; null where objects are not measured.
    package let annotated: Int?
    package let model: ModelIdentity?

    /// All parameters, given or not; null is the standard.
    package let parameters: [String: Double?]

    /// The longer side of the grid that pixels are scored on, for larger images.
    package let pixelLongSide: Int

    package init(
        path: String, layout: DataSetLayout, plan: EvaluationPlan, model: ModelIdentity?, parameters: [String: Double?]
    ) {
        self.path = path
        self.layout = layout.rawValue
        method = plan.method.rawValue
        shots = plan.shots
        seeds = plan.seeds
        annotated = plan.annotated > 0 ? plan.annotated : nil
        self.model = model
        self.parameters = parameters
        pixelLongSide = DefectMasks.longSide
    }

    private enum CodingKeys: String, CodingKey {
        case path, layout, method, shots, seeds, annotated, model, parameters
        case pixelLongSide = "pixel_long_side"
    }
}
