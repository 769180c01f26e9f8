internal import Foundation
internal import Glibc

/// A folder of its own for one test, removed with everything in it when its owner goes.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// - Parameter inMemory: the files need not be on a disk, and are written faster.
    /// - Throws: `refused` when the folder cannot be made.
    package init(_ name: String = "assay-test", inMemory: Bool = false) throws(TestSupportError) {
        let isThere = unsafe inMemory && access("/dev/shm", W_OK) == 0
        let parent = isThere ? "/dev/shm" : ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/\(name)-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw .refused(what: "make a folder below \(parent)", errno: errno)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("cannot remove \(path): \(error)")
        }
    }

    /// The path of something in the folder.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file that only the owner may read, and gives back its path.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to name: String) throws(TestSupportError) -> String {
        let path = file(name)
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .refused(what: "write \(path)", errno: errno) }
        defer { close(descriptor) }
        let bytes = Array(bytes)
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes[start...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw .refused(what: "write \(path)", errno: errno) }
            start += count
        }
        return path
    }

    @discardableResult
    package func write(_ text: String, to name: String) throws(TestSupportError) -> String {
        try write(text.utf8, to: name)
    }
}
