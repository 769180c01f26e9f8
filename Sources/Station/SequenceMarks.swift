internal import Glibc
internal import Publishing
internal import SupportSets
internal import Synchronization

/// The marks of all lines, in one small file each.
final class SequenceMarks: Sendable {
    private let folder: String
    private let marks = Mutex<[String: SequenceMark]>([:])

    init(folder: String) { self.folder = folder }

    /// Reserves a line's first block.
    ///
    /// - Returns: the number after which the line goes on, and the mark to write.
    func begin(_ line: LineName) -> (after: UInt64, mark: UInt64?) {
        let former = Self.read(path(of: line))
        var mark = SequenceMark(reserved: former)
        let written = mark.reserve(after: former)
        marks.withLock { $0[line.description] = mark }
        return (former, written)
    }

    /// - Returns: the mark to write when few numbers are left.
    func use(_ sequence: UInt64, of line: LineName) -> UInt64? {
        marks.withLock { $0[line.description]?.reserve(after: sequence) }
    }

    /// Writes a mark whole or not at all; the reason when that failed.
    func write(_ mark: UInt64, of line: LineName) -> String? {
        let path = path(of: line)
        let partial = path + ".partial"
        let file = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { return SystemReason.last }
        defer { close(file) }
        let bytes = Array("\(mark)\n".utf8)
        let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(file) == 0, unsafe rename(partial, path) == 0 else {
            return SystemReason.last
        }
        return nil
    }

    private func path(of line: LineName) -> String { "\(folder)/\(line).sequence" }

    /// 0 where there is no mark, or none that can be read.
    private static func read(_ path: String) -> UInt64 {
        do throws(SupportSetError) {
            let bytes = try SupportSetFolder.read(path, upTo: 64)
            return UInt64(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber }) ?? 0
        } catch {
            return 0
        }
    }
}
