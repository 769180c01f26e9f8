internal import Glibc
internal import SupportSets

/// Copies one regular file in pieces.
enum FileCopy {
    /// - Returns: how many bytes were copied; more than `bound` are refused.
    static func copy(_ source: String, to target: String, upTo bound: Int) throws(SupportSetError) -> Int {
        // O_NONBLOCK: a pipe with a file's name must not hold the copy up.
        let input = unsafe open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard input >= 0 else { throw .unreadable(path: source, reason: SystemReason.last) }
        defer { close(input) }
        var status = stat()
        guard unsafe fstat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .foreignFile(path: source)
        }
        let output = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard output >= 0 else { throw .unwritable(path: target, reason: SystemReason.last) }
        defer { close(output) }
        var total = 0
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(input, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: source, reason: SystemReason.last) }
            if count == 0 { break }
            total += count
            guard total <= bound else {
                throw .damaged(path: source, problem: "with it the set is larger than the station copies")
            }
            try write(piece, count: count, to: output, path: target)
        }
        guard fsync(output) == 0 else { throw .unwritable(path: target, reason: SystemReason.last) }
        return total
    }

    private static func write(
        _ piece: [UInt8], count: Int, to output: Int32, path: String
    ) throws(SupportSetError) {
        var done = 0
        while done < count {
            let written = unsafe piece[done..<count].withUnsafeBytes {
                unsafe Glibc.write(output, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
            done += written
        }
    }
}
