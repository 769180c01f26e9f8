internal import Glibc

/// A regular file that is read once, from its beginning to its end.
struct FileReader: ~Copyable {
    let path: String

    /// Bytes that are still to come.
    private(set) var remaining: Int
    private let descriptor: Int32

    init(opening path: String) throws(SupportSetError) {
        let (descriptor, status) = try SupportSetFolder.openRegular(path)
        self.path = path
        self.descriptor = descriptor
        remaining = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The next bytes; fewer than `count` are an error.
    mutating func read(_ count: Int) throws(SupportSetError) -> [UInt8] {
        guard count <= remaining else { throw .damaged(path: path, problem: "it ends too early") }
        var bytes = [UInt8](repeating: 0, count: count)
        try read(into: &bytes, count)
        return bytes
    }

    /// Fills the first `count` bytes of `piece`.
    mutating func read(into piece: inout [UInt8], _ count: Int) throws(SupportSetError) {
        precondition(count <= piece.count)
        guard count <= remaining else { throw .damaged(path: path, problem: "it ends too early") }
        var done = 0
        while done < count {
            let got = unsafe piece.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + done }, count - done)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
            guard got > 0 else { throw .damaged(path: path, problem: "it became shorter while it was read") }
            done += got
        }
        remaining -= count
    }
}
