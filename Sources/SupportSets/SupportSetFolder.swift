internal import Crypto
internal import Foundation
internal import Glibc

/// The files of a set on the disk.
package enum SupportSetFolder {
    /// A file of at most `bound` bytes.
    package static func read(_ path: String, upTo bound: Int) throws(SupportSetError) -> [UInt8] {
        let (descriptor, status) = try openRegular(path)
        defer { close(descriptor) }
        guard status.st_size <= bound else {
            throw .damaged(path: path, problem: "it has \(status.st_size) bytes, above the bound of \(bound)")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
            guard count > 0 else { throw .damaged(path: path, problem: "it became shorter while it was read") }
            done += count
        }
        return bytes
    }

    /// The SHA-256 of a file, read in pieces.
    package static func digest(of path: String) throws(SupportSetError) -> String {
        let (descriptor, _) = try openRegular(path)
        defer { close(descriptor) }
        var hash = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
            if count == 0 { return hash.finalize().hexadecimal }
            hash.update(data: piece.prefix(count))
        }
    }

    /// The content of the file `signature`; nil where there is none.
    package static func signature(in directory: String) throws(SupportSetError) -> [UInt8]? {
        let path = directory + "/" + SetSignature.fileName
        var status = stat()
        if unsafe lstat(path, &status) != 0, errno == ENOENT { return nil }
        return try read(path, upTo: SetBounds.mostSignatureBytes)
    }

    /// Waits until a new name is on the disk.
    static func synchronise(folderOf path: String) throws(SupportSetError) {
        let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: parent, reason: String(errno: errno)) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: parent, reason: String(errno: errno)) }
    }

    /// Opens a file and nothing else: links are not followed, and a pipe is not waited for.
    static func openRegular(_ path: String) throws(SupportSetError) -> (descriptor: Int32, status: stat) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let reason = String(errno: errno)
            close(descriptor)
            throw .unreadable(path: path, reason: reason)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable(path: path, reason: "not a regular file")
        }
        return (descriptor, status)
    }

    /// Every listed file is there with its digest, and nothing else is.
    static func checkFiles(of manifest: SupportSetManifest, in directory: String) throws(SupportSetError) {
        for (path, digest) in manifest.files.sorted(by: { $0.key < $1.key }) {
            guard isSafe(path) else {
                throw .damaged(path: directory + "/manifest.json", problem: "it lists the unsafe path \"\(path)\"")
            }
            guard try self.digest(of: directory + "/" + path) == digest else {
                throw .digestDiffers(path: directory + "/" + path)
            }
        }
        let unlisted = ["manifest.json", "signature"]
        for path in try paths(in: directory) where manifest.files[path] == nil && !unlisted.contains(path) {
            throw .foreignFile(path: directory + "/" + path)
        }
    }

    /// A relative path of at most two plain names.
    static func isSafe(_ path: String) -> Bool {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        return (1...2).contains(names.count)
            && names.allSatisfy { name in
                !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
                    && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            }
    }

    /// The files of a folder and of its sub-folders, by their path inside it.
    package static func paths(in directory: String) throws(SupportSetError) -> [String] {
        var found: [String] = []
        for name in try names(in: directory) {
            let path = directory + "/" + name
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else {
                throw .unreadable(path: path, reason: String(errno: errno))
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: found += try names(in: path).map { name + "/" + $0 }
            case S_IFREG: found.append(name)
            default: throw .foreignFile(path: path)
            }
        }
        return found.sorted()
    }

    private static func names(in directory: String) throws(SupportSetError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw .unreadable(path: directory, reason: text(of: error))
        }
    }

    /// A decoding or file error in one line.
    static func text(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "the key \"\(key.stringValue)\" is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")): wrong type"
        case DecodingError.dataCorrupted(let context): context.debugDescription
        case let error as CocoaError: error.isFileError ? "no such folder or no permission" : "\(error.code.rawValue)"
        default: "\(error)"
        }
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
