internal import Glibc

/// Writes a file so that it is there whole or as it was, also after a power cut.
enum WholeFile {
    /// - Returns: the system's reason where it could not be written.
    static func write(_ bytes: [UInt8], to path: String) -> String? {
        let partial = path + ".partial"
        let file = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard file >= 0 else { return SystemReason.last }
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes[done...].withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return SystemReason.last }
            done += count
        }
        guard fsync(file) == 0, unsafe rename(partial, path) == 0 else { return SystemReason.last }
        return syncFolder(of: path)
    }

    /// Makes the names in a file's folder last.
    static func syncFolder(of path: String) -> String? {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return SystemReason.last }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? nil : SystemReason.last
    }
}
