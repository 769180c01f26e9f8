extension InferenceError: CustomStringConvertible {
    /// What happened, where, and what to do.
    package var description: String {
        switch self {
        case .runtimeMissing(let reason):
            "The inference runtime cannot be loaded: \(reason). Run `Tools/setup.sh`, or set ASSAY_OPENVINO_DIR to the folder that holds it."
        case .badBundle(let path, let problem):
            "The model bundle cannot be used: \(path): \(problem). Run `Tools/setup.sh` to make the default bundle again, or copy the bundle once more."
        case .refused(let call, let reason):
            "The inference runtime refused \(call): \(reason)."
        case .notFinite(let output):
            "The network's output '\(output)' holds a value that is not a number or not finite; this image cannot be judged."
        case .busy(let waited):
            "No inference request was free for \(waited); more callers than requests. Set as many requests as workers."
        case .precisionMissing(let precision):
            "This machine does not compute in \(precision.rawValue); enrol the support set here, or run it on a machine that does."
        }
    }
}
