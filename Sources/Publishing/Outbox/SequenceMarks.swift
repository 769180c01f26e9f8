internal import Glibc

/// The marks of all streams in a folder, in one small file each.
///
/// A file is written over in place, which takes no space on a full disk.
package struct SequenceMarks: Sendable {
    private let folder: String

    package init(folder: String) { self.folder = folder }

    private func path(_ stream: String) -> String { "\(folder)/\(stream).sequence" }

    /// 0 where there is no mark or no number in it; nil where it cannot be read.
    package func read(_ stream: String) -> UInt64? {
        let file = unsafe open(path(stream), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return errno == ENOENT ? 0 : nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
        guard count >= 0 else { return nil }
        let digits = bytes[..<count].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let mark = UInt64(String(decoding: digits, as: UTF8.self)) ?? 0
        return mark < 1 << 53 ? mark : 0
    }

    /// - Returns: why it could not be written; nil when it was.
    package func write(_ mark: UInt64, of stream: String) -> String? {
        let file = unsafe open(path(stream), O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { return SystemError.last }
        defer { close(file) }
        let digits = Array("\(mark)".utf8)
        let bytes = [UInt8](repeating: UInt8(ascii: "0"), count: 20 - digits.count) + digits + [UInt8(ascii: "\n")]
        let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
        guard written == bytes.count, fsync(file) == 0 else { return SystemError.last }
        return nil
    }

    func remove(_ stream: String) { unsafe unlink(path(stream)) }
}
