internal import Glibc
internal import SupportSets

/// The station's own copies of support sets, by the digest of their manifest: what an operator does to the folder a
/// set came from no longer reaches a running line.
struct SetLibrary: Sendable {
    private let folder: String

    init(folder: String) { self.folder = folder }

    func folder(of digest: String) -> String { folder + "/" + digest }
    func holds(_ digest: String) -> Bool { unsafe access(folder(of: digest) + "/manifest.json", F_OK) == 0 }

    /// Of all copies.
    var digests: [String] { FolderNames.names(in: folder).filter { SetReference.isDigest($0) } }

    /// Opens the station's copy of a set.
    func open(_ digest: String, on terms: SetTerms) throws(SupportSetError) -> (set: SupportSet, folder: String) {
        let copy = folder(of: digest)
        let set = try SupportSet(opening: copy, trusting: terms.keys)
        guard set.identity.digest == digest else { throw .digestDiffers(path: copy + "/manifest.json") }
        return (set, copy)
    }

    /// Opens the station's copy of the set in `directory`, making it first if there is none.
    func adopt(_ directory: String, on terms: SetTerms) throws(SupportSetError) -> (set: SupportSet, folder: String) {
        do throws(SupportSetError) {
            return try adopt(digest: Self.digest(of: directory), on: terms) { partial throws(SupportSetError) in
                try Self.copy(directory, to: partial, within: terms.bounds)
            }
        } catch {
            throw error.told(of: partial, as: directory)
        }
    }

    /// The copy appears whole or not at all; a damaged one, or one whose signature will not do, is made again.
    func adopt(
        digest: String, on terms: SetTerms, by fill: (_ partial: String) throws(SupportSetError) -> Void
    ) throws(SupportSetError) -> (set: SupportSet, folder: String) {
        if holds(digest) {
            let copy = Result { () throws(SupportSetError) in try open(digest, on: terms) }
            if case .success(let opened) = copy { return opened }
        }
        return try make(digest, on: terms, by: fill)
    }

    private var partial: String { folder + "/.partial-\(getpid())" }

    /// Makes a copy by `fill`, which is given an empty place beside it.
    private func make(
        _ digest: String, on terms: SetTerms, by fill: (_ partial: String) throws(SupportSetError) -> Void
    ) throws(SupportSetError) -> (set: SupportSet, folder: String) {
        let partial = partial
        let copy = folder(of: digest)
        try Self.remove(partial)
        do throws(SupportSetError) {
            try fill(partial)
            let set = try SupportSet(opening: partial, trusting: terms.keys)
            guard set.identity.digest == digest else {
                throw .damaged(path: partial, problem: "it changed while it was copied")
            }
            // A line that judges by a copy with this name has its files mapped, which live on.
            try Self.remove(copy)
            guard unsafe rename(partial, copy) == 0 else { throw .unwritable(path: copy, reason: SystemReason.last) }
            if let reason = WholeFile.syncFolder(of: copy) { throw .unwritable(path: copy, reason: reason) }
            // The bank is mapped: the renamed folder holds the very files that were opened.
            return (set, copy)
        } catch {
            // What cannot be removed now is removed before the next copy is made.
            _ = Result { () throws(SupportSetError) in try Self.remove(partial) }
            throw error
        }
    }

    /// Removes the copies that no line uses, and what a former run left half made.
    ///
    /// - Returns: what was removed, and the paths that could not be.
    func prune(keeping digests: Set<String>) -> (removed: [String], left: [String]) {
        var (removed, left): ([String], [String]) = ([], [])
        for name in FolderNames.names(in: folder) where !digests.contains(name) {
            guard name.hasPrefix(".partial-") || SetReference.isDigest(name) else { continue }
            do throws(SupportSetError) {
                try Self.remove(folder + "/" + name)
                removed.append(name)
            } catch {
                left.append(folder + "/" + name)
            }
        }
        return (removed, left)
    }

    private static func copy(_ source: String, to target: String, within bounds: SetBounds) throws(SupportSetError) {
        let paths = try SupportSetFolder.paths(in: source)
        guard paths.count <= bounds.mostFiles else {
            throw .damaged(path: source, problem: "it has \(paths.count) files, above the bound of \(bounds.mostFiles)")
        }
        guard unsafe mkdir(target, 0o750) == 0 else { throw .unwritable(path: target, reason: SystemReason.last) }
        var room = bounds.mostBytes
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
            for name in FolderNames.names(in: path) { try remove(path + "/" + name) }
            guard unsafe rmdir(path) == 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
        } else {
            guard unsafe unlink(path) == 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
        }
    }
}
