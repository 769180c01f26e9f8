internal import Foundation
internal import Glibc

/// Writes a set's folder so that it appears whole or not at all.
package struct SupportSetWriter {
    let directory: String

    /// - Parameter directory: slashes at its end, as shells add them, are left out.
    package init(directory: String) {
        var directory = directory
        while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
        self.directory = directory
    }

    /// Writes everything to a folder beside the final one, then puts it in place by renaming.
    ///
    /// - Parameters:
    ///   - manifest: complete but for its `files`, which are measured here.
    ///   - classes: what tells the classes of objects apart, where any were annotated.
    ///   - extras: files that people gave, such as `objects.yaml`, by their names in the set.
    package func write(
        manifest: SupportSetManifest, logical: LogicalBank, structural: StructuralBank,
        classes: ClassHead? = nil, images: [(name: String, bytes: [UInt8])],
        extras: [(name: String, bytes: [UInt8])] = [], replacing: Bool
    ) throws(SupportSetError) {
        let partial = directory + ".partial-\(getpid())"
        try Self.remove(partial)
        do {
            try fill(partial, logical: logical, structural: structural, images: images)
            if let classes { try Self.writeFile(classes.fileContent, to: partial + "/" + ClassHead.fileName) }
            for extra in extras { try Self.writeFile(extra.bytes, to: partial + "/" + extra.name) }
            try writeManifest(manifest, into: partial)
            try putInPlace(partial, replacing: replacing)
        } catch {
            Self.discard(partial)
            throw error
        }
    }

    private func fill(
        _ partial: String, logical: LogicalBank, structural: StructuralBank,
        images: [(name: String, bytes: [UInt8])]
    ) throws(SupportSetError) {
        try Self.makeFolder(partial)
        try Self.makeFolder(partial + "/images")
        for image in images { try Self.writeFile(image.bytes, to: partial + "/images/" + image.name) }
        try Self.writeFile(logical.fileContent, to: partial + "/logical.bank")
        try structural.write(to: partial + "/structural.bank")
        let labels = ObjectLabels(of: logical)
        if !labels.isEmpty { try Self.writeFile(labels.fileContent, to: partial + "/" + ObjectLabels.fileName) }
    }

    func writeManifest(_ manifest: SupportSetManifest, into partial: String) throws(SupportSetError) {
        var manifest = manifest
        manifest.files = [:]
        for path in try SupportSetFolder.paths(in: partial) {
            manifest.files[path] = try SupportSetFolder.digest(of: partial + "/" + path)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let content: Data
        do {
            content = try encoder.encode(manifest)
        } catch {
            throw .unwritable(path: partial + "/manifest.json", reason: SupportSetFolder.text(of: error))
        }
        try Self.writeFile([UInt8](content), to: partial + "/manifest.json")
    }

    func putInPlace(_ partial: String, replacing: Bool) throws(SupportSetError) {
        let old = directory + ".old-\(getpid())"
        let isThere = unsafe access(directory, F_OK) == 0
        if isThere {
            guard replacing else { throw .unwritable(path: directory, reason: "it exists already") }
            guard try Self.mayBeReplaced(directory) else {
                throw .unwritable(path: directory, reason: "it exists and is not a support set")
            }
            guard unsafe rename(directory, old) == 0 else {
                throw .unwritable(path: directory, reason: String(errno: errno))
            }
        }
        guard unsafe rename(partial, directory) == 0 else {
            let reason = String(errno: errno)
            if isThere { unsafe rename(old, directory) }
            throw .unwritable(path: directory, reason: reason)
        }
        if isThere { try Self.remove(old) }
    }

    /// A set or an empty folder; anything else is somebody's work.
    private static func mayBeReplaced(_ directory: String) throws(SupportSetError) -> Bool {
        if unsafe access(directory + "/manifest.json", F_OK) == 0 { return true }
        return try SupportSetFolder.paths(in: directory).isEmpty
    }

    private static func makeFolder(_ path: String) throws(SupportSetError) {
        guard unsafe mkdir(path, 0o755) == 0 else { throw .unwritable(path: path, reason: String(errno: errno)) }
    }

    private static func writeFile(_ bytes: [UInt8], to path: String) throws(SupportSetError) {
        var file = try FileWriter(creating: path)
        try file.write(bytes)
        try file.finish()
    }

    /// Removes what a failed attempt left; the failure itself is what the caller is told.
    static func discard(_ path: String) {
        do {
            try remove(path)
        } catch {
            return
        }
    }

    static func remove(_ path: String) throws(SupportSetError) {
        guard unsafe access(path, F_OK) == 0 else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .unwritable(path: path, reason: SupportSetFolder.text(of: error))
        }
    }
}
