internal import Imaging
internal import Inference

/// One pass of each network: what one caller needs to have an image perceived.
///
/// `LanePool` hands a lane from thread to thread; it is used by one at a time.
final class RequestLane: Sendable {
    private let passes: [NetworkPass]

    init(passes: [NetworkPass]) { self.passes = passes }

    /// What the networks say; together they give features and part maps, or the bundle was refused.
    func perceive(_ image: Image) throws(InferenceError) -> Perception {
        let clock = ContinuousClock()
        var features: FeatureGrid?
        var parts: PartMaps?
        var featureTime = Duration.zero
        var objectTime = Duration.zero
        for pass in passes {
            let start = clock.now
            try pass.run(on: image)
            let maps = try pass.partMaps()
            let middle = clock.now
            let grid = try pass.features()
            if maps == nil {
                featureTime += clock.now - start
            } else {
                objectTime += middle - start
                featureTime += clock.now - middle
            }
            parts = maps ?? parts
            features = grid ?? features
        }
        guard let features, let parts else {
            throw .refused(call: "the networks", reason: "they do not give both features and part maps")
        }
        return Perception(features: features, parts: parts, featureTime: featureTime, objectTime: objectTime)
    }
}
