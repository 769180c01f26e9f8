internal import COpenVINO
internal import Glibc
internal import Imaging
internal import Inference

/// A network as read, before it is compiled.
///
/// `@unchecked Sendable`: nothing changes it once its input is fixed, and the runtime lets any thread compile it.
@safe struct NetworkSource: ~Copyable, @unchecked Sendable {
    private let model: OpaquePointer

    init(reading bytes: [UInt8], of path: String, with core: borrowing RuntimeCore) throws(InferenceError) {
        var model: OpaquePointer?
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe ov_core_read_model_from_memory_buffer(
                core.pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, nil, &model)
        }
        try Self.check(status, path, "cannot be read as a network")
        guard let model = unsafe model else { throw .badBundle(path: path, problem: "cannot be read as a network") }
        unsafe self.model = model
    }

    deinit { unsafe ov_model_free(model) }

    /// Fixes the input to 1 × 3 × height × width.
    borrowing func reshape(input: String, to size: PixelSize, of path: String) throws(InferenceError) {
        var inputCount = 0
        try OpenVINO.check(unsafe ov_model_inputs_size(model, &inputCount), "ov_model_inputs_size")
        guard inputCount == 1 else {
            throw .badBundle(path: path, problem: "the network has \(inputCount) inputs instead of one")
        }
        let sides: [Int64] = [1, 3, Int64(size.height), Int64(size.width)]
        var shape = unsafe ov_partial_shape_t()
        try OpenVINO.check(
            unsafe ov_partial_shape_create_static(Int64(sides.count), sides, &shape), "ov_partial_shape_create_static")
        defer { unsafe ov_partial_shape_free(&shape) }
        try Self.check(
            unsafe ov_model_reshape_input_by_name(model, input, shape), path,
            "its input '\(input)' does not take 1×3×\(size.height)×\(size.width)")
    }

    /// Compiles the network, with the help of the cache of compiled ones where that works.
    ///
    /// The runtime fails when another process changes that cache under it (seen with two programs that started at
    /// once); nothing is wrong with the network then, so it is compiled again without the cache.
    borrowing func compiled(
        by core: borrowing RuntimeCore, options: RuntimeOptions, path: String
    ) throws(InferenceError) -> OpaquePointer {
        do {
            return try unsafe compiledOnce(by: core, options: options, path: path)
        } catch {
            var uncached = options
            uncached.isCached = false
            return try unsafe compiledOnce(by: core, options: uncached, path: path)
        }
    }

    private borrowing func compiledOnce(
        by core: borrowing RuntimeCore, options: RuntimeOptions, path: String
    ) throws(InferenceError) -> OpaquePointer {
        // The runtime copies the texts; they live until the call returns.
        let texts = unsafe options.properties.flatMap { unsafe [strdup($0.key), strdup($0.value)] }
        defer { unsafe texts.forEach { unsafe free($0) } }
        var properties: [ov_property_t] = unsafe []
        for index in unsafe stride(from: 0, to: texts.count, by: 2) {
            unsafe properties.append(ov_property_t(key: texts[index], value: texts[index + 1]))
        }
        var result: OpaquePointer?
        try Self.check(
            unsafe ov_core_compile_model_props(core.pointer, model, "CPU", properties.count, properties, &result),
            path, "cannot be compiled")
        guard let result = unsafe result else { throw .badBundle(path: path, problem: "cannot be compiled") }
        return unsafe result
    }

    /// What goes wrong here is the file's fault, not the runtime's.
    private static func check(_ status: ov_status_e, _ path: String, _ problem: String) throws(InferenceError) {
        do {
            try OpenVINO.check(status, problem)
        } catch {
            guard case .refused(_, let reason) = error else { throw error }
            throw .badBundle(path: path, problem: "\(problem): \(reason)")
        }
    }
}
