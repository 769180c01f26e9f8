internal import COpenVINO
package import Inference

/// The runtime library as a whole: loading it, and turning its statuses into errors.
package enum OpenVINO {
    /// Opens the library; free after the first success.
    static func load() throws(InferenceError) {
        var problem = [CChar](repeating: 0, count: 1024)
        let isLoaded = unsafe problem.withUnsafeMutableBufferPointer { buffer in
            unsafe assay_openvino_load(buffer.baseAddress, buffer.count) == 0
        }
        guard isLoaded else {
            let text = problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .runtimeMissing(String(decoding: text, as: UTF8.self))
        }
    }

    /// Throws when `status` is not success, with the library's own words.
    static func check(_ status: ov_status_e, _ call: String) throws(InferenceError) {
        guard status != ASSAY_OPENVINO_OK else { return }
        throw .refused(call: call, reason: lastReason(of: status))
    }

    /// The library's version and where it was found.
    package static func version() throws(InferenceError) -> RuntimeVersion {
        try load()
        var version = unsafe ov_version_t()
        try check(unsafe ov_get_openvino_version(&version), "ov_get_openvino_version")
        defer { unsafe ov_version_free(&version) }
        let build = unsafe version.buildNumber.map { unsafe String(cString: $0) } ?? ""
        let path = unsafe assay_openvino_path().map { unsafe String(cString: $0) } ?? ""
        return RuntimeVersion(build: build, path: path)
    }

    private static func lastReason(of status: ov_status_e) -> String {
        let general = unsafe ov_get_error_info(status).map { unsafe String(cString: $0) } ?? "status \(status)"
        guard let message = unsafe ov_get_last_err_msg() else { return general }
        defer { unsafe ov_free(message) }
        // The message names the library's source lines; what matters stands in its last line.
        let lines = unsafe String(cString: message).split(separator: "\n").map(String.init)
        guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return general }
        return "\(general): \(String(last.prefix(300)))"
    }
}
