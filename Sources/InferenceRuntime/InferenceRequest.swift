internal import COpenVINO
internal import Imaging
internal import Inference

/// One inference request with its own input and output memory; used by one thread at a time.
@safe struct InferenceRequest: ~Copyable {
    private let request: OpaquePointer

    init(owning request: OpaquePointer) { unsafe self.request = request }

    deinit { unsafe ov_infer_request_free(request) }

    /// Runs the network on the calling thread.
    borrowing func run() throws(InferenceError) {
        try OpenVINO.check(unsafe ov_infer_request_infer(request), "ov_infer_request_infer")
    }

    /// Calls `body` with the memory of an input or output of `shape`.
    borrowing func withTensor<Result>(
        _ name: String, shape: [Int], _ body: (UnsafeMutableBufferPointer<Float>) throws(InferenceError) -> Result
    ) throws(InferenceError) -> Result {
        let tensor = try unsafe Tensor(of: request, name: name)
        let elements = unsafe try tensor.elements(shape: shape, name: name)
        return try unsafe body(elements)
    }

    /// What the last run spent in each layer; empty unless the network was compiled with profiling.
    borrowing func profile() throws(InferenceError) -> [LayerProfile] {
        var list = unsafe ov_profiling_info_list_t()
        try OpenVINO.check(
            unsafe ov_infer_request_get_profiling_info(request, &list), "ov_infer_request_get_profiling_info")
        defer { unsafe ov_profiling_info_list_free(&list) }
        let infos = unsafe UnsafeBufferPointer(start: list.profiling_infos, count: list.size)
        return unsafe infos.filter { unsafe $0.status == LayerProfile.executedStatus }.map { info in
            unsafe LayerProfile(
                kind: String(cString: info.node_type), kernel: String(cString: info.exec_type),
                time: .microseconds(info.real_time))
        }
    }
}
