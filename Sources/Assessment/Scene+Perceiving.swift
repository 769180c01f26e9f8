package import Imaging
package import Inference
package import Verdicts

extension Scene {
    /// Has a model look at an image; what the steps took goes into `timings`.
    package init(
        perceiving image: Image, with model: any PerceptionModel, timings: inout StageTimings
    ) throws(InferenceError) {
        let clock = ContinuousClock()
        let perception = try model.perceive(image)
        let perceived = clock.now
        // Comparisons with NaN are false, so one such value could let anything pass.
        guard perception.features.values.allSatisfy(\.isFinite) else { throw .notFinite(output: "features") }
        self.init(image: image, perception: perception)
        timings.features = perception.featureTime
        timings.objects = perception.objectTime
        timings.hierarchy = clock.now - perceived
    }
}
