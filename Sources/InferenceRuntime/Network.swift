internal import Imaging
internal import Inference

/// A network of a bundle at one input size: what is asked of it, and its compiled form.
final class Network: Sendable {
    let shape: NetworkShape
    let precision: Precision
    private let compiled: CompiledNetwork

    init(
        _ description: NetworkDescription, of bundle: ModelBundle, precision wanted: Precision? = nil,
        imageSize: PixelSize, longSide: Int?, requestCount: Int, threadsPerRequest: Int, isProfiled: Bool = false
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
        let compiled = try CompiledNetwork(
            compiling: bundle.contents(of: file), of: "\(bundle.directory)/\(file.path)", input: input,
            size: shape.size,
            options: RuntimeOptions(
                precision: precision, requestCount: requestCount, threadsPerRequest: threadsPerRequest,
                isProfiled: isProfiled, isCached: !isProfiled))
        // Where it cannot compute in BF16 the runtime takes floats without a word: the same set, other scores.
        if precision == .bf16, try !compiled.computesInBFloat16 { throw .precisionMissing(.bf16) }
        self.compiled = compiled
        self.precision = precision
        self.shape = shape
    }

    func makeRequest() throws(InferenceError) -> InferenceRequest { try compiled.makeRequest() }

    func makePass() throws(InferenceError) -> NetworkPass { NetworkPass(request: try makeRequest(), shape: shape) }
}
