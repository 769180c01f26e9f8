package import Imaging

/// What a part segmenter says about every pixel of its grid, as probabilities in 0...1, row by row.
package struct PartMaps: Sendable {
    package let size: PixelSize

    /// The pixel belongs to some object.
    package let object: [Float]

    /// The pixel lies on the border between an object and anything else, other objects included.
    package let boundary: [Float]

    /// The distance to the object's own border, divided by its largest value in the object.
    package let distance: [Float]

    package init(size: PixelSize, object: [Float], boundary: [Float], distance: [Float]) {
        precondition(object.count == size.pixelCount)
        precondition(boundary.count == size.pixelCount && distance.count == size.pixelCount)
        self.size = size
        self.object = object
        self.boundary = boundary
        self.distance = distance
    }
}

/// Everything the networks of a bundle say about one image.
package struct Perception: Sendable {
    /// Features on the bundle's grid, each level normalised, not yet smoothed.
    package let features: FeatureGrid
    package let parts: PartMaps

    /// Time spent in the network that gives features and in the one that gives part maps. Where one gives both, its run
    /// is among the latter, and `featureTime` is what bringing the features into order takes.
    package let featureTime: Duration
    package let objectTime: Duration

    package init(features: FeatureGrid, parts: PartMaps, featureTime: Duration, objectTime: Duration) {
        self.features = features
        self.parts = parts
        self.featureTime = featureTime
        self.objectTime = objectTime
    }
}

/// Which model a verdict rests on.
package struct ModelIdentity: Equatable, Sendable, Codable {
    package let name: String

    /// SHA-256 of the bundle's manifest, which holds the digests of its files: 64 hexadecimal digits.
    package let digest: String

    /// `int8`, `bf16` or `fp32`.
    package let precision: String

    package init(name: String, digest: String, precision: String) {
        self.name = name
        self.digest = digest
        self.precision = precision
    }
}

/// The port through which a model is asked; safe to call from several threads at once.
package protocol PerceptionModel: Sendable {
    var identity: ModelIdentity { get }

    /// Runs the networks on one image of any size.
    ///
    /// An answer with a value that is not finite is an error, never a perception.
    func perceive(_ image: Image) throws(InferenceError) -> Perception

    /// The same, for a caller to whom an answer after `deadline` is of no use: `busy` when its turn does not come by then.
    func perceive(_ image: Image, by deadline: ContinuousClock.Instant?) throws(InferenceError) -> Perception
}

extension PerceptionModel {
    /// For models that nobody has to wait for.
    package func perceive(
        _ image: Image, by deadline: ContinuousClock.Instant?
    ) throws(InferenceError) -> Perception { try perceive(image) }
}

/// Why a model gave no answer.
package enum InferenceError: Error, Equatable {
    /// The runtime library cannot be loaded.
    case runtimeMissing(String)

    /// The bundle is damaged or is not what its manifest says.
    case badBundle(path: String, problem: String)

    /// The runtime refused to load or run a network.
    case refused(call: String, reason: String)

    /// A network answered with a NaN or an infinity.
    case notFinite(output: String)

    /// All requests stayed in use for this long.
    case busy(waited: Duration)

    /// The processor, or the runtime on it, does not compute in this precision.
    case precisionMissing(Precision)
}
