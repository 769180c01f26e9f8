import AssayTestSupport
import Foundation
import Glibc

/// A small file system of its own, which a test can fill.
final class SmallDisk {
    let path: String

    /// - Returns: nil where none may be mounted.
    init?(at path: String, megabytes: Int) throws {
        self.path = path
        guard geteuid() == 0 else { return nil }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let mount = try ChildProcess(
            "mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "assay-test", path], output: path + ".log")
        guard mount.wait() == 0 else { return nil }
    }

    deinit { _ = unsafe umount2(path, Int32(MNT_DETACH)) }

    /// Leaves no byte free.
    func fill() throws {
        let file = unsafe open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        // Whole pages first, for that is what the file system hands out.
        for size in [1 << 20, 4096] {
            let piece = [UInt8](repeating: 1, count: size)
            while unsafe write(file, piece, size) > 0 {}
        }
        guard errno == ENOSPC else { throw TestSupportError.refused(what: "fill \(path)", errno: errno) }
    }

    func free() { unsafe unlink(path + "/filler") }
}
