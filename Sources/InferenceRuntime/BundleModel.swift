package import Imaging
package import Inference

/// A model bundle in the inference runtime: a feature network and a part network, compiled once for the shape of a
/// line's frames and shared by its workers.
package final class BundleModel: PerceptionModel {
    package let identity: ModelIdentity

    /// The sizes at which the two networks see pictures.
    package let featureInputSize: PixelSize
    package let partInputSize: PixelSize

    /// The longer side of the part network's input.
    package var segmenterLongSide: Int { max(partInputSize.width, partInputSize.height) }

    private let features: NetworkShape
    private let parts: NetworkShape

    /// All of the one compiled form of each network.
    private let lanes: LanePool<RequestLane>
    private let waitLimit: Duration

    /// Reads, checks and compiles a bundle, and has it answer once.
    ///
    /// Takes a second or so; much less when the networks were compiled before (see `CacheFolder`).
    ///
    /// - Parameters:
    ///   - directory: the folder with `model.json`.
    ///   - requestCount: how many threads may call `perceive` at once without waiting, 1 to 64.
    ///   - imageSize: the size of the frames; frames of other sizes are brought to the same shape.
    ///   - segmenterLongSide: the longer side of the part network's input, one of those in the manifest; nil for its default.
    ///   - precision: what to compute in; nil, or what the bundle lacks, for the bundle's own (see `NetworkDescription`).
    ///   - threadsPerRequest: threads that one inference may use.
    ///   - waitLimit: how long a caller too many waits for a request.
    /// - Throws: `precisionMissing` when the processor cannot compute in it.
    package init(
        bundle directory: String, requestCount: Int, imageSize: PixelSize, segmenterLongSide: Int?,
        precision: Precision? = nil, threadsPerRequest: Int = 1, waitLimit: Duration = .seconds(10)
    ) throws(InferenceError) {
        precondition((1...64).contains(requestCount) && (1...64).contains(threadsPerRequest))
        let bundle = try ModelBundle(opening: directory)
        try Self.check(imageSize, for: bundle)
        func network(_ role: NetworkRole, longSide: Int?) throws(InferenceError) -> Network {
            guard let description = bundle.manifest.network(for: role) else {
                throw .badBundle(path: directory, problem: "it has no network for '\(role.rawValue)'")
            }
            return try Network(
                description, of: bundle, precision: bundle.manifest.attainable(precision), imageSize: imageSize,
                longSide: longSide,
                requestCount: requestCount, threadsPerRequest: threadsPerRequest)
        }
        let networks = NetworkPair(
            features: try network(.features, longSide: nil), parts: try network(.parts, longSide: segmenterLongSide))
        identity = bundle.identity(running: networks.precision)
        features = networks.features.shape
        parts = networks.parts.shape
        featureInputSize = features.size
        partInputSize = parts.size
        self.waitLimit = waitLimit
        lanes = try LanePool(count: requestCount) { () throws(InferenceError) in try networks.makeLane() }
        try selfTest(in: directory)
    }

    package func perceive(_ image: Image) throws(InferenceError) -> Perception { try perceive(image, by: nil) }

    package func perceive(
        _ image: Image, by deadline: ContinuousClock.Instant?
    ) throws(InferenceError) -> Perception {
        let limit = deadline.map { min(waitLimit, max(.zero, $0 - .now)) } ?? waitLimit
        return try lanes.withLane(waiting: limit) { lane throws(InferenceError) in
            let clock = ContinuousClock()
            let start = clock.now
            let grid = try lane.features(of: image, shape: features)
            let middle = clock.now
            let maps = try lane.partMaps(of: image, shape: parts)
            return Perception(
                features: grid, parts: maps, featureTime: middle - start,
                objectTime: clock.now - middle)
        }
    }

    /// A first answer: outputs that are missing, of another shape or not finite show now, not at the first frame.
    private func selfTest(in directory: String) throws(InferenceError) {
        let picture = Image(width: 64, height: 64, pixels: (0..<64 * 64 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        do {
            _ = try perceive(picture)
        } catch .refused(let call, let reason) {
            throw .badBundle(path: directory, problem: "the self-test failed: \(call): \(reason)")
        } catch .notFinite(let output) {
            throw .badBundle(path: directory, problem: "the self-test failed: '\(output)' is not finite")
        } catch {
            throw error
        }
    }

    /// A frame so long and thin that a network would see one row of it is a wrong setting.
    private static func check(_ size: PixelSize, for bundle: ModelBundle) throws(InferenceError) {
        guard (1...16_384).contains(size.width), (1...16_384).contains(size.height) else {
            throw .refused(
                call: "an image size of \(size.width)×\(size.height)", reason: "both sides go from 1 to 16384")
        }
    }
}
