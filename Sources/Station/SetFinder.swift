internal import Foundation
internal import Glibc
internal import SupportSets

/// Looks for sets where they may come from.
struct SetFinder: Sendable {
    /// More sets are not looked at in one folder.
    private static let mostSets = 4096

    let library: SetLibrary
    let sources: [String]

    /// The place of the set that is meant.
    ///
    /// - Parameter isConfined: only what lies in the sources is found; for those who may not look elsewhere.
    func place(of reference: SetReference, isConfined: Bool) throws(SetRefusal) -> SetPlace {
        switch reference {
        case .path(let path):
            guard !isConfined || sources.contains(where: { Self.holds($0, path: path) }) else {
                throw SetRefusal(
                    reason: "\(path): lies outside of support_sets.sources; name a set by name@version or digest")
            }
            return try Self.place(at: path)
        case .web(let address, let digest):
            guard !isConfined || sources.contains(where: { address.hasPrefix($0 + "/") }) else {
                throw SetRefusal(reason: "\(address): is not below an address of support_sets.sources")
            }
            return library.holds(digest) ? .copy(digest: digest) : .web([address], digest: digest)
        case .digest(let digest):
            if library.holds(digest) { return .copy(digest: digest) }
            return try search(for: reference, files: [digest], digest: digest)
        case .named(let name, let version, let digest):
            if let digest, library.holds(digest) { return .copy(digest: digest) }
            return try search(for: reference, files: ["\(name)@\(version)"], digest: digest)
        }
    }

    /// The digest of the set that is meant, as far as that can be told without fetching it.
    func digest(of reference: SetReference) -> String? {
        if let digest = reference.digest { return digest }
        do throws(SetRefusal) {
            switch try place(of: reference, isConfined: false) {
            case .copy(let digest), .web(_, let digest): return digest
            case .folder(let path): return Self.identity(ofSetIn: path)?.digest
            case .archive(let path): return try SetLibrary.identity(ofArchive: path).digest
            }
        } catch {
            return nil
        }
    }

    private static func place(at path: String) throws(SetRefusal) -> SetPlace {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw SetRefusal(
                reason: "\(path): cannot be read (\(SystemReason.last)); check the path and its permissions")
        }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder(path) : .archive(path)
    }

    /// Looks through the sources in their order, then through the station's own copies.
    private func search(
        for reference: SetReference, files: [String], digest: String?
    ) throws(SetRefusal) -> SetPlace {
        var addresses: [String] = []
        var untried: [String] = []
        for source in sources {
            if SetReference.isAddress(source) {
                let names = files + (digest.map { [$0] } ?? []).filter { !files.contains($0) }
                if digest == nil { untried.append(source) }
                addresses += names.map { "\(source)/\($0.addressed).assayset" }
            } else if let place = place(of: reference, in: source) {
                return place
            }
        }
        if let digest, !addresses.isEmpty { return .web(addresses, digest: digest) }
        if let digest = library.digests.first(where: { digest in
            Self.identity(ofSetIn: library.folder(of: digest)).map { Self.isMeant($0, by: reference) } ?? false
        }) {
            return .copy(digest: digest)
        }
        let hint =
            untried.isEmpty
            ? "copy it there, or name another set"
            : "add # and its digest, without which nothing is fetched from a server"
        let places = sources.isEmpty ? "support_sets.sources is empty" : sources.joined(separator: ", ")
        throw SetRefusal(reason: "\(files[0]): not found (\(places)); \(hint)")
    }

    /// The set in a source that is a folder of sets, a set, or a file.
    private func place(of reference: SetReference, in source: String) -> SetPlace? {
        if source.hasSuffix(".assayset") { return Self.archive(source, ifMeantBy: reference) }
        if let place = Self.folder(source, ifMeantBy: reference) { return place }
        let names = FolderNames.names(in: source)
        // Files called as they are meant first: looking into each of them takes longer.
        let likely = names.filter { reference.isLikely($0) }
        for name in (likely + names).prefix(Self.mostSets) where !name.hasPrefix(".") {
            let path = source + "/" + name
            let place =
                name.hasSuffix(".assayset")
                ? Self.archive(path, ifMeantBy: reference) : Self.folder(path, ifMeantBy: reference)
            if let place { return place }
        }
        return nil
    }

    private static func folder(_ path: String, ifMeantBy reference: SetReference) -> SetPlace? {
        identity(ofSetIn: path).flatMap { isMeant($0, by: reference) ? .folder(path) : nil }
    }

    private static func archive(_ path: String, ifMeantBy reference: SetReference) -> SetPlace? {
        do throws(SetRefusal) {
            return isMeant(try SetLibrary.identity(ofArchive: path), by: reference) ? .archive(path) : nil
        } catch {
            return nil
        }
    }

    private static func isMeant(_ identity: SupportSetIdentity, by reference: SetReference) -> Bool {
        reference.means(name: identity.name, version: identity.version, digest: identity.digest) ?? false
    }

    /// What the set in a folder calls itself; nil where there is none. Nothing is checked yet.
    static func identity(ofSetIn folder: String) -> SupportSetIdentity? {
        guard unsafe access(folder + "/manifest.json", F_OK) == 0 else { return nil }
        do {
            return try SetLibrary.identity(
                ofManifest: SupportSetFolder.read(folder + "/manifest.json", upTo: SetLibrary.mostManifestBytes))
        } catch {
            return nil
        }
    }

    /// Whether `path` is a source or lies in one.
    private static func holds(_ source: String, path: String) -> Bool {
        guard !path.split(separator: "/").contains("..") else { return false }
        return path == source || (path.hasPrefix(source + "/") && !source.hasSuffix(".assayset"))
    }
}

extension SetReference {
    /// Whether a file or folder of this name is probably the set.
    fileprivate func isLikely(_ fileName: String) -> Bool {
        switch self {
        case .named(let name, let version, _): fileName.hasPrefix(name) && fileName.contains(version)
        case .digest(let digest): fileName.hasPrefix(digest)
        case .path, .web: false
        }
    }
}

extension String {
    /// As one level of an address.
    fileprivate var addressed: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~@"))) ?? self
    }
}
