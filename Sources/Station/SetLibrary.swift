internal import Crypto
internal import Glibc
internal import SupportSets

/// The station's own copies of support sets, by the digest of their manifest: what an operator does to the folder a
/// set came from no longer reaches a running line.
struct SetLibrary: Sendable {
    /// A set with more is not copied.
    static let mostBytes = 4 << 30
    static let mostFiles = 8192
    private static let mostManifestBytes = 4 << 20

    private let folder: String

    init(folder: String) { self.folder = folder }

    /// The digest of the manifest that lies in `directory` now.
    static func digest(of directory: String) throws(SupportSetError) -> String {
        let content = try SupportSetFolder.read(directory + "/manifest.json", upTo: mostManifestBytes)
        return SHA256.hash(data: content).hexadecimal
    }

    /// Opens the station's copy of the set in `directory`, making it first if there is none.
    ///
    /// The copy appears whole or not at all; a damaged one is made again.
    func adopt(_ directory: String) throws(SupportSetError) -> (set: SupportSet, folder: String) {
        let digest = try Self.digest(of: directory)
        let copy = folder + "/" + digest
        if unsafe access(copy, F_OK) == 0 {
            do throws(SupportSetError) {
                return (try SupportSet(opening: copy), copy)
            } catch {
                try Self.remove(copy)
            }
        }
        let partial = folder + "/.partial-\(getpid())"
        try Self.remove(partial)
        do throws(SupportSetError) {
            try Self.copy(directory, to: partial)
            let set = try SupportSet(opening: partial)
            guard set.identity.digest == digest else {
                throw .damaged(path: directory, problem: "it changed while it was copied")
            }
            guard unsafe rename(partial, copy) == 0 else { throw .unwritable(path: copy, reason: SystemReason.last) }
            // The bank is mapped: the renamed folder holds the very files that were opened.
            return (set, copy)
        } catch {
            // What cannot be removed now is removed before the next copy is made.
            _ = Result { () throws(SupportSetError) in try Self.remove(partial) }
            throw error.told(of: partial, as: directory)
        }
    }

    /// Removes the copies that no line uses, and what a former run left half made.
    ///
    /// - Returns: the paths that could not be removed.
    func prune(keeping digests: Set<String>) -> [String] {
        var left: [String] = []
        for name in Self.names(in: folder) where !digests.contains(name) {
            let isOurs = name.hasPrefix(".partial-") || (name.utf8.count == 64 && name.allSatisfy(\.isHexDigit))
            guard isOurs else { continue }
            do throws(SupportSetError) {
                try Self.remove(folder + "/" + name)
            } catch {
                left.append(folder + "/" + name)
            }
        }
        return left
    }

    private static func copy(_ source: String, to target: String) throws(SupportSetError) {
        let paths = try SupportSetFolder.paths(in: source)
        guard paths.count <= mostFiles else {
            throw .damaged(path: source, problem: "it has \(paths.count) files, above the bound of \(mostFiles)")
        }
        guard unsafe mkdir(target, 0o750) == 0 else { throw .unwritable(path: target, reason: SystemReason.last) }
        var room = mostBytes
        for path in paths {
            if let slash = path.lastIndex(of: "/") {
                let folder = target + "/" + path[..<slash]
                guard unsafe mkdir(folder, 0o750) == 0 || errno == EEXIST else {
                    throw .unwritable(path: folder, reason: SystemReason.last)
                }
            }
            room -= try FileCopy.copy(source + "/" + path, to: target + "/" + path, upTo: room)
        }
    }

    private static func remove(_ path: String) throws(SupportSetError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in names(in: path) { try remove(path + "/" + name) }
            guard unsafe rmdir(path) == 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
        } else {
            guard unsafe unlink(path) == 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
        }
    }

    private static func names(in directory: String) -> [String] {
        guard let stream = unsafe opendir(directory) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
