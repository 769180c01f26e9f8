internal import Imaging
internal import Inference

/// A network of a bundle at one input size: what is asked of it, and what its requests are compiled from.
///
/// Every request has a compiled network to itself (see `RuntimeOptions`); all but the first come out of the cache.
final class Network: Sendable {
    let shape: NetworkShape
    let precision: Precision
    private let core: RuntimeCore
    private let source: NetworkSource
    private let path: String
    private let options: RuntimeOptions

    init(
        _ description: NetworkDescription, of bundle: ModelBundle, precision wanted: Precision? = nil,
        imageSize: PixelSize, longSide: Int?, threadCount: Int, isProfiled: Bool = false
    ) throws(InferenceError) {
        let input = description.input
        let side = longSide ?? input.defaultLongSide
        guard input.longSides.contains(side) else {
            throw .badBundle(
                path: bundle.directory,
                problem: "network '\(description.name)' cannot run at \(side); its sizes are \(input.longSides)")
        }
        let precision = description.precision(at: side, wanted: wanted)
        guard let file = description.file(for: precision) else {
            throw .badBundle(path: bundle.directory, problem: "no file for network '\(description.name)'")
        }
        let shape = NetworkShape(
            input: input, imageSize: imageSize, longSide: side, outputs: description.outputs)
        let path = "\(bundle.directory)/\(file.path)"
        core = try RuntimeCore()
        source = try NetworkSource(reading: bundle.contents(of: file), of: path, with: core)
        try source.reshape(input: input.name, to: shape.size, of: path)
        options = RuntimeOptions(
            precision: precision, threadCount: threadCount, isProfiled: isProfiled, isCached: !isProfiled)
        self.path = path
        self.precision = precision
        self.shape = shape
    }

    /// Compiles the network for one more caller.
    ///
    /// - Throws: also `precisionMissing`: where it cannot compute in BF16 the runtime takes floats without a word, and
    ///   the same set gets other scores.
    func makeRequest() throws(InferenceError) -> InferenceRequest {
        let compiled = try CompiledNetwork(compiling: source, with: core, options: options, path: path)
        if precision == .bf16, try !compiled.computesInBFloat16 { throw .precisionMissing(.bf16) }
        return try compiled.makeRequest()
    }

    func makePass() throws(InferenceError) -> NetworkPass { NetworkPass(request: try makeRequest(), shape: shape) }
}
