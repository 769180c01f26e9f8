internal import Glibc

/// The marks of all streams, in one small file each.
///
/// A file is written over in place, which takes no space on a full disk; where even that fails it goes to a second
/// folder.
package struct SequenceMarks: Sendable {
    private let folder: String
    private let fallback: String?

    /// - Parameter fallback: survives the process, though perhaps not the machine.
    package init(folder: String, fallback: String? = nil) {
        self.folder = folder
        self.fallback = fallback
    }

    /// 0 where there is no mark, or none that can be read.
    package func read(_ stream: String) -> UInt64 {
        max(Self.read(path(folder, stream)), fallback.map { Self.read(path($0, stream)) } ?? 0)
    }

    /// - Returns: why it could not be written; nil when it was.
    package func write(_ mark: UInt64, of stream: String) -> String? {
        guard let problem = Self.write(mark, to: path(folder, stream)) else {
            if let fallback { unsafe unlink(path(fallback, stream)) }
            return nil
        }
        guard let fallback else { return problem }
        return Self.write(mark, to: path(fallback, stream)) == nil ? nil : problem
    }

    private func path(_ folder: String, _ stream: String) -> String { "\(folder)/\(stream).sequence" }

    private static func read(_ path: String) -> UInt64 {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
        guard count > 0 else { return 0 }
        let digits = bytes[..<count].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let mark = UInt64(String(decoding: digits, as: UTF8.self)) ?? 0
        return mark < 1 << 53 ? mark : 0
    }

    private static func write(_ mark: UInt64, to path: String) -> String? {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { return SystemError.last }
        defer { close(file) }
        let digits = Array("\(mark)".utf8)
        let bytes = [UInt8](repeating: UInt8(ascii: "0"), count: 20 - digits.count) + digits + [UInt8(ascii: "\n")]
        let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
        guard written == bytes.count, fsync(file) == 0 else { return SystemError.last }
        return nil
    }
}
