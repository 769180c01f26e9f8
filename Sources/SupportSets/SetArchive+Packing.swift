internal import Crypto
internal import Foundation
internal import Glibc

extension SetArchive {
    /// Writes a set's folder as one file; the same set gives the same bytes.
    ///
    /// Every digest is checked on the way, so that a damaged set is never packed.
    package static func pack(
        _ directory: String, to path: String, replacing: Bool = false, within bounds: SetBounds = SetBounds()
    ) throws(SupportSetError) {
        guard unsafe (replacing || access(path, F_OK) != 0) else {
            throw .unwritable(path: path, reason: "it exists already")
        }
        let manifestPath = directory + "/" + manifestName
        let manifestBytes = try SupportSetFolder.read(manifestPath, upTo: SetBounds.mostManifestBytes)
        let manifest = try SupportSetManifest(fileContent: manifestBytes, path: manifestPath)
        guard manifest.files.count <= bounds.mostFiles else {
            throw .damaged(path: manifestPath, problem: "it lists more than \(bounds.mostFiles) files")
        }
        let partial = path + ".partial-\(getpid())"
        var target = try FileWriter(creating: partial)
        try target.write(ArchiveHeader(path: manifestName, size: manifestBytes.count).bytes)
        try target.write(padded: manifestBytes)
        if let signature = try SupportSetFolder.signature(in: directory) {
            try target.write(ArchiveHeader(path: signatureName, size: signature.count).bytes)
            try target.write(padded: signature)
        }
        var room = bounds.mostBytes
        for (name, digest) in manifest.files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            if let problem = problem(withFile: name) {
                throw .damaged(path: manifestPath, problem: "it lists \(name), which \(problem)")
            }
            let source = directory + "/" + name
            guard try append(source, as: name, to: &target, room: &room) == digest else {
                throw .digestDiffers(path: source)
            }
        }
        try target.write([UInt8](repeating: 0, count: 2 * ArchiveHeader.blockSize))
        try target.finish()
        guard unsafe rename(partial, path) == 0 else {
            let reason = String(errno: errno)
            unsafe unlink(partial)
            throw .unwritable(path: path, reason: reason)
        }
        try SupportSetFolder.synchronise(folderOf: path)
    }

    /// - Returns: the SHA-256 of what was appended.
    private static func append(
        _ source: String, as name: String, to target: inout FileWriter, room: inout Int
    ) throws(SupportSetError) -> String {
        var reader = try FileReader(opening: source)
        let size = reader.remaining
        guard size <= room else {
            throw .damaged(path: source, problem: "with it the set is larger than one that can be packed")
        }
        room -= size
        try target.write(ArchiveHeader(path: name, size: size).bytes)
        var hash = SHA256()
        var piece = [UInt8](repeating: 0, count: min(size, 1 << 20))
        while reader.remaining > 0 {
            let count = min(reader.remaining, piece.count)
            try reader.read(into: &piece, count)
            hash.update(data: piece.prefix(count))
            try target.write(piece.prefix(count))
        }
        try target.write([UInt8](repeating: 0, count: ArchiveHeader.padding(after: size)))
        return hash.finalize().hexadecimal
    }
}

extension FileWriter {
    /// Writes bytes and zeros up to the next block.
    fileprivate mutating func write(padded bytes: [UInt8]) throws(SupportSetError) {
        try write(bytes)
        try write([UInt8](repeating: 0, count: ArchiveHeader.padding(after: bytes.count)))
    }
}
