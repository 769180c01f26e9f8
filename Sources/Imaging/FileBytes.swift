internal import Glibc

/// The whole content of one file.
struct FileBytes {
    let bytes: [UInt8]

    /// - Parameter most: the most bytes that are read; a longer file is `fileTooLarge`.
    init(contentsOf path: String, most: Int) throws(ImagingError) {
        // O_NONBLOCK: a pipe must not keep us waiting before we can refuse it
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .fileUnreadable(errno: errno) }
        defer { close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .fileUnreadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .fileNotRegular }
        guard status.st_size <= most else { throw .fileTooLarge(byteCount: status.st_size, most: most) }

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
        guard failure == 0 else { throw .fileUnreadable(errno: failure) }
    }
}
