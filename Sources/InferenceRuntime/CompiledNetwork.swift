internal import COpenVINO
internal import Imaging
internal import Inference

/// A network compiled for one input size; its requests share the weights.
///
/// `@unchecked Sendable`: the pointer is constant, and the runtime lets any thread make requests of a compiled network.
@safe struct CompiledNetwork: ~Copyable, @unchecked Sendable {
    private let model: OpaquePointer

    /// Reads, reshapes and compiles a network.
    ///
    /// - Parameters:
    ///   - path: only for messages.
    ///   - options: see `RuntimeOptions`.
    init(
        compiling bytes: [UInt8], of path: String, input: NetworkInput, size: PixelSize, options: RuntimeOptions
    ) throws(InferenceError) {
        let core = try RuntimeCore()
        let source = try NetworkSource(reading: bytes, of: path, with: core)
        try source.reshape(input: input.name, to: size, of: path)
        unsafe model = try source.compiled(by: core, options: options, path: path)
    }

    deinit { unsafe ov_compiled_model_free(model) }

    /// Whether the runtime found that the processor can.
    var computesInBFloat16: Bool {
        get throws(InferenceError) {
            var text: UnsafeMutablePointer<CChar>?
            let call = "ov_compiled_model_get_property"
            try OpenVINO.check(unsafe ov_compiled_model_get_property(model, "INFERENCE_PRECISION_HINT", &text), call)
            guard let text = unsafe text else { throw .refused(call: call, reason: "no precision came back") }
            defer { unsafe ov_free(text) }
            return unsafe String(cString: text).lowercased().hasPrefix("bf")
        }
    }

    func makeRequest() throws(InferenceError) -> InferenceRequest {
        var request: OpaquePointer?
        try OpenVINO.check(
            unsafe ov_compiled_model_create_infer_request(model, &request), "ov_compiled_model_create_infer_request")
        guard let request = unsafe request else {
            throw .refused(call: "ov_compiled_model_create_infer_request", reason: "no request came back")
        }
        return unsafe InferenceRequest(owning: request)
    }
}
