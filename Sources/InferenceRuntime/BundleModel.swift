package import Imaging
package import Inference

/// A model bundle in the inference runtime: its networks, compiled for the shape of a line's frames and shared by its
/// workers.
package final class BundleModel: PerceptionModel {
    package let identity: ModelIdentity

    /// The sizes at which the networks that give features and part maps see pictures; one may give both.
    package let featureInputSize: PixelSize
    package let partInputSize: PixelSize

    /// The longer side of the input of the network that gives part maps.
    package var segmenterLongSide: Int { max(partInputSize.width, partInputSize.height) }

    /// One for each caller at a time.
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
    ///   - segmenterLongSide: the longer side of the input of the network that gives part maps, one of those in the
    ///     manifest; nil for its default.
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
                longSide: longSide, threadCount: threadsPerRequest)
        }
        let networks: [Network]
        if bundle.manifest.network(for: .whole) != nil {
            networks = [try network(.whole, longSide: segmenterLongSide)]
        } else {
            networks = [
                try network(.features, longSide: nil), try network(.parts, longSide: segmenterLongSide),
            ]
        }
        identity = bundle.identity(running: networks.map(\.precision).min() ?? .fp32)
        featureInputSize = networks[0].shape.size
        partInputSize = networks[networks.count - 1].shape.size
        self.waitLimit = waitLimit
        lanes = try LanePool(count: requestCount) { () throws(InferenceError) in
            var passes: [NetworkPass] = []
            for network in networks { passes.append(try network.makePass()) }
            return RequestLane(passes: passes)
        }
        try selfTest(in: directory)
    }

    package func perceive(_ image: Image) throws(InferenceError) -> Perception { try perceive(image, by: nil) }

    package func perceive(
        _ image: Image, by deadline: ContinuousClock.Instant?
    ) throws(InferenceError) -> Perception {
        let limit = deadline.map { min(waitLimit, max(.zero, $0 - .now)) } ?? waitLimit
        return try lanes.withLane(waiting: limit) { lane throws(InferenceError) in try lane.perceive(image) }
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
