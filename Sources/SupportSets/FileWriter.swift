internal import Glibc

/// A file being written; it is flushed to the disk by `finish()` and removed again if that is never reached.
struct FileWriter: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var isFinished = false

    init(creating path: String) throws(SupportSetError) {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
        self.path = path
    }

    /// A new file; what is there already is an error.
    init(creatingAt path: String, mode: mode_t) throws(SupportSetError) {
        try self.init(creating: path, in: AT_FDCWD, path: path, mode: mode)
    }

    /// A new file in an open folder; what is there already, a link above all, is an error.
    ///
    /// - Parameter path: for messages and for removing it.
    init(creating name: String, in folder: Int32, path: String, mode: mode_t = 0o644) throws(SupportSetError) {
        descriptor = unsafe openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
        self.path = path
    }

    deinit {
        close(descriptor)
        if !isFinished { unsafe unlink(path) }
    }

    mutating func write(_ bytes: [UInt8]) throws(SupportSetError) {
        let reason = unsafe bytes.withUnsafeBytes { unsafe Self.write($0, to: descriptor) }
        if let reason { throw .unwritable(path: path, reason: reason) }
    }

    mutating func write(_ piece: ArraySlice<UInt8>) throws(SupportSetError) {
        let reason = unsafe piece.withUnsafeBytes { unsafe Self.write($0, to: descriptor) }
        if let reason { throw .unwritable(path: path, reason: reason) }
    }

    mutating func write(_ rows: BankRows) throws(SupportSetError) {
        let reason = unsafe rows.withElements { unsafe Self.write(UnsafeRawBufferPointer($0), to: descriptor) }
        if let reason { throw .unwritable(path: path, reason: reason) }
    }

    mutating func finish() throws(SupportSetError) {
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
        isFinished = true
    }

    /// The reason of a failure, or nil.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> String? {
        var done = 0
        while done < bytes.count {
            let count = unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return String(errno: errno) }
            done += count
        }
        return nil
    }
}
