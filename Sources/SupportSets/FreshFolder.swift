internal import Glibc

/// A folder made anew, with the files that are put into it and nothing else.
///
/// Everything is reached through the folder's own descriptor: no link that somebody places on the way is followed.
struct FreshFolder: ~Copyable {
    let path: String
    private let descriptor: Int32

    init(creating path: String) throws(SupportSetError) {
        guard unsafe mkdir(path, 0o755) == 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// A new file, in a folder of its own where its path says so.
    ///
    /// - Precondition: the path is plain.
    borrowing func file(_ name: String) throws(SupportSetError) -> FileWriter {
        precondition(ArchiveHeader.problem(withPath: name) == nil)
        guard let slash = name.firstIndex(of: "/") else {
            return try FileWriter(creating: name, in: descriptor, path: path + "/" + name)
        }
        let folder = String(name[..<slash])
        guard unsafe mkdirat(descriptor, folder, 0o755) == 0 || errno == EEXIST else {
            throw .unwritable(path: path + "/" + folder, reason: String(errno: errno))
        }
        let inner = try open(folder)
        defer { close(inner) }
        return try FileWriter(
            creating: String(name[name.index(after: slash)...]), in: inner, path: path + "/" + name)
    }

    /// Waits until the names of all files are on the disk; the files themselves see to their content.
    borrowing func synchronise(folders: Set<String>) throws(SupportSetError) {
        for folder in folders {
            let inner = try open(folder)
            defer { close(inner) }
            guard fsync(inner) == 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
        }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
    }

    private borrowing func open(_ folder: String) throws(SupportSetError) -> Int32 {
        let inner = unsafe openat(descriptor, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0 else { throw .unwritable(path: path + "/" + folder, reason: String(errno: errno)) }
        return inner
    }
}
