internal import COpenVINO
internal import Inference

/// A network compiled for one input size, to serve one caller at a time on that caller's thread.
@safe struct CompiledNetwork: ~Copyable {
    private let model: OpaquePointer

    /// - Parameters:
    ///   - source: with its input fixed.
    ///   - path: only for messages.
    init(
        compiling source: borrowing NetworkSource, with core: borrowing RuntimeCore, options: RuntimeOptions,
        path: String
    ) throws(InferenceError) {
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

    /// A request; it keeps alive what it needs of the compiled network.
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
