internal import COpenVINO
internal import Inference

/// A handle on the memory of a request's input or output.
@safe struct Tensor: ~Copyable {
    private let tensor: OpaquePointer

    init(of request: OpaquePointer, name: String) throws(InferenceError) {
        var tensor: OpaquePointer?
        let call = "ov_infer_request_get_tensor '\(name)'"
        try OpenVINO.check(unsafe ov_infer_request_get_tensor(request, name, &tensor), call)
        guard let tensor = unsafe tensor else { throw .refused(call: call, reason: "no tensor came back") }
        unsafe self.tensor = tensor
    }

    deinit { unsafe ov_tensor_free(tensor) }

    /// The elements, after a check that they are 32-bit floats of the given shape.
    ///
    /// unsafe: the memory is the request's and stays while the request lives; the caller is inside a borrow of it.
    borrowing func elements(shape: [Int], name: String) throws(InferenceError) -> UnsafeMutableBufferPointer<Float> {
        var type: ov_element_type_e = 0
        try OpenVINO.check(unsafe ov_tensor_get_element_type(tensor, &type), "ov_tensor_get_element_type")
        let found = try self.shape()
        guard type == ASSAY_OPENVINO_F32, found == shape else {
            let kind = type == ASSAY_OPENVINO_F32 ? "" : " of element type \(type)"
            throw .refused(
                call: "the tensor '\(name)'",
                reason: "its shape is \(found)\(kind) where the manifest says \(shape) of 32-bit floats")
        }
        var data: UnsafeMutableRawPointer?
        try OpenVINO.check(unsafe ov_tensor_data(tensor, &data), "ov_tensor_data")
        let count = shape.reduce(1, *)
        return unsafe UnsafeMutableBufferPointer(start: data?.assumingMemoryBound(to: Float.self), count: count)
    }

    private borrowing func shape() throws(InferenceError) -> [Int] {
        var shape = unsafe ov_shape_t()
        try OpenVINO.check(unsafe ov_tensor_get_shape(tensor, &shape), "ov_tensor_get_shape")
        defer { _ = unsafe ov_shape_free(&shape) }
        return unsafe UnsafeBufferPointer(start: shape.dims, count: Int(shape.rank)).map { Int($0) }
    }
}
