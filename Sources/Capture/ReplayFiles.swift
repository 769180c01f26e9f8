internal import Glibc

/// The image files of a replay: a folder's, one, or those that a pattern matches.
struct ReplayFiles: Sendable {
    let path: String

    /// A larger file is no camera picture.
    static let mostBytes = 64 << 20

    private static let endings = [".png", ".jpg", ".jpeg"]

    /// The files in the order of their names, byte by byte. Errors: `noImages`, `folderUnreadable`.
    func paths() throws(CaptureError) -> [String] {
        let found = Self.isFolder(path) ? try listed() : matched()
        guard !found.isEmpty else { throw .noImages(path: path) }
        return found
    }

    /// A whole file, or nil when it cannot be read, is empty or too large.
    ///
    /// Non-blocking, so that a pipe with an image's name does not hold the replay up.
    func bytes(of path: String) -> [UInt8]? {
        // unsafe: the C string lives for the call
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
            status.st_size <= Self.mostBytes
        else { return nil }
        let size = Int(status.st_size)
        var count = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initializedCount in
            while count < size {
                // unsafe: the rest of the buffer, as long as we say
                let read = unsafe Glibc.read(file, buffer.baseAddress?.advanced(by: count), size - count)
                if read < 0, Errno.last.code == EINTR { continue }
                guard read > 0 else { break }
                count += read
            }
            initializedCount = count
        }
        // A file that shrank while it was read is one still being written.
        return count == size ? bytes : nil
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func isImage(_ name: String) -> Bool {
        let name = name.lowercased()
        return !name.hasPrefix(".") && endings.contains { name.hasSuffix($0) }
    }

    private func listed() throws(CaptureError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw .folderUnreadable(path: path, .last) }
        defer { _ = unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            // unsafe: the entry's name ends with a zero and lives until the next call
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if Self.isImage(name) { names.append(name) }
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { prefix + $0 }
    }

    /// `glob(3)`; a path without wildcards matches itself if it exists.
    private func matched() -> [String] {
        var result = unsafe glob_t()
        defer { unsafe globfree(&result) }
        guard unsafe glob(path, GLOB_NOSORT, nil, &result) == 0 else { return [] }
        let paths = (0..<Int(unsafe result.gl_pathc)).compactMap { position in
            unsafe result.gl_pathv[position].map { unsafe String(cString: $0) }
        }
        return paths.filter { Self.isImage(Self.name(of: $0)) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
