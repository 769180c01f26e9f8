package import Imaging
package import Inference
package import Verdicts

extension Scene {
    /// Has a model look at an image; what the steps took goes into `timings`.
    ///
    /// - Parameter places: what is painted over before and not judged, in pixels of the image.
    package init(
        perceiving image: Image, but places: [PixelBox] = [], with model: any PerceptionModel,
        by deadline: ContinuousClock.Instant? = nil, timings: inout StageTimings
    ) throws(InferenceError) {
        let clock = ContinuousClock()
        let image = places.isEmpty ? image : image.painted(over: places)
        let perception = try model.perceive(image, by: deadline).without(places, of: image.size)
        let perceived = clock.now
        // Comparisons with NaN are false, so one such value could let anything pass.
        guard Self.isFinite(perception.features.values.span) else { throw .notFinite(output: "features") }
        self.init(image: image, perception: perception)
        timings.features = perception.featureTime
        timings.objects = perception.objectTime
        timings.hierarchy = clock.now - perceived
    }

    private static func isFinite(_ values: Span<Float>) -> Bool {
        // One added to an exponent of ones, which only infinities and NaN have, reaches the highest bit.
        var bits: UInt32 = 0
        for index in values.indices { bits |= (values[index].bitPattern & 0x7F80_0000) &+ 0x0080_0000 }
        return bits & 0x8000_0000 == 0
    }
}
