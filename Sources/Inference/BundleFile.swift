internal import Glibc

/// The whole content of one regular file of a bundle.
struct BundleFile {
    let bytes: [UInt8]

    /// - Parameter most: a longer file is refused before it is read.
    init(reading path: String, most: Int) throws(InferenceError) {
        // O_NONBLOCK: a pipe must not keep us waiting before we can refuse it.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
        defer { close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Self.unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .badBundle(path: path, problem: "not a regular file") }
        guard status.st_size <= most else {
            throw .badBundle(path: path, problem: "\(status.st_size) bytes where at most \(most) are expected")
        }

        var failure: Int32 = 0
        bytes = unsafe [UInt8](unsafeUninitializedCapacity: status.st_size) { buffer, count in
            while count < buffer.count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let readCount = unsafe read(descriptor, rest.baseAddress, rest.count)
                if readCount > 0 {
                    count += readCount
                } else if readCount == 0 {
                    return
                } else if errno != EINTR {
                    failure = errno
                    return
                }
            }
        }
        guard failure == 0 else { throw Self.unreadable(path, failure) }
    }

    private static func unreadable(_ path: String, _ code: Int32) -> InferenceError {
        .badBundle(path: path, problem: unsafe String(cString: strerror(code)))
    }
}
