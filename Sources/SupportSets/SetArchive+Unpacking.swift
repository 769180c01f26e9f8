internal import Crypto
internal import Foundation
internal import Glibc

extension SetArchive {
    /// Writes the set's folder, which must not exist; it appears whole or not at all.
    ///
    /// Each file is checked against its digest while it is written, in pieces of one megabyte.
    package consuming func unpack(to directory: String) throws(SupportSetError) {
        let archive = reader.path
        let partial = directory + ".partial-\(getpid())"
        guard unsafe access(directory, F_OK) != 0 else {
            throw .unwritable(path: directory, reason: "it exists already")
        }
        try SupportSetWriter.remove(partial)
        do throws(SupportSetError) {
            try fill(partial)
            guard unsafe rename(partial, directory) == 0 else {
                throw .unwritable(path: directory, reason: String(errno: errno))
            }
        } catch {
            SupportSetWriter.discard(partial)
            throw error.told(ofArchive: archive)
        }
        try SupportSetFolder.synchronise(folderOf: directory)
    }

    private consuming func fill(_ partial: String) throws(SupportSetError) {
        let folder = try FreshFolder(creating: partial)
        try Self.write(manifestBytes, to: folder.file(Self.manifestName))
        if let signatureBytes { try Self.write(signatureBytes, to: folder.file(Self.signatureName)) }
        var room = bounds.mostBytes
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        var inner: Set<String> = []
        for (name, digest) in manifest.files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let header = try expect(name)
            guard header.size <= room else {
                throw .damagedArchive(
                    path: reader.path, problem: "its files have more than \(bounds.mostBytes) bytes together")
            }
            room -= header.size
            guard try copy(header, to: folder.file(name), through: &piece) == digest else {
                throw .digestDiffers(path: reader.path + ":" + name)
            }
            try Self.skipPadding(after: header, in: &reader)
            if let slash = name.firstIndex(of: "/") { inner.insert(String(name[..<slash])) }
            next = try Self.header(from: &reader)
        }
        if let next {
            throw .damagedArchive(path: reader.path, problem: "\(next.path) in it is not listed in its manifest")
        }
        try folder.synchronise(folders: inner)
    }

    /// The header that stands next, if it is that of `name`.
    private borrowing func expect(_ name: String) throws(SupportSetError) -> ArchiveHeader {
        guard let next else {
            throw .damagedArchive(path: reader.path, problem: "\(name) is missing in it")
        }
        guard next.path == name else {
            let problem =
                manifest.files[next.path] == nil
                ? "\(next.path) in it is not listed in its manifest"
                : "\(next.path) in it stands where \(name) should"
            throw .damagedArchive(path: reader.path, problem: problem)
        }
        return next
    }

    /// - Returns: the SHA-256 of what was copied.
    private mutating func copy(
        _ header: ArchiveHeader, to target: consuming FileWriter, through piece: inout [UInt8]
    ) throws(SupportSetError) -> String {
        var target = target
        var hash = SHA256()
        var left = header.size
        while left > 0 {
            let count = min(left, piece.count)
            try reader.read(into: &piece, count)
            hash.update(data: piece.prefix(count))
            try target.write(piece.prefix(count))
            left -= count
        }
        try target.finish()
        return hash.finalize().hexadecimal
    }

    private static func write(_ bytes: [UInt8], to target: consuming FileWriter) throws(SupportSetError) {
        var target = target
        try target.write(bytes)
        try target.finish()
    }
}
