internal import COpenVINO
internal import Inference

/// The runtime's entry object.
///
/// `@unchecked Sendable`: the pointer is constant, and the runtime lets any thread use it.
@safe struct RuntimeCore: ~Copyable, @unchecked Sendable {
    let pointer: OpaquePointer

    init() throws(InferenceError) {
        try OpenVINO.load()
        var core: OpaquePointer?
        try OpenVINO.check(unsafe ov_core_create(&core), "ov_core_create")
        guard let core = unsafe core else { throw .refused(call: "ov_core_create", reason: "no core came back") }
        unsafe pointer = core
    }

    deinit { unsafe ov_core_free(pointer) }
}
