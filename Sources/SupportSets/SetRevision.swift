internal import Crypto
internal import Foundation
internal import Glibc

/// A set's folder with some files more: the digest is another, so a signature it had is left out.
package struct SetRevision {
    private let source: String

    /// - Parameter source: the set's folder, which is read and not changed.
    package init(of source: String) {
        self.source = source
    }

    /// Writes the set with pictures that must keep failing; a picture that the set holds already is left out.
    ///
    /// Every digest of the old files is checked on the way. The folder appears whole or not at all.
    ///
    /// - Parameters:
    ///   - pictures: PNG or JPEG files; of the names everything but plain characters is replaced.
    ///   - version: of the new set; nil for that of the old one.
    ///   - target: the folder to write; the source itself to put the new set in its place.
    package func adding(
        counterexamples pictures: [(name: String, bytes: [UInt8])], version: String? = nil, to target: String
    ) throws(SupportSetError) -> SupportSetIdentity {
        let manifestPath = source + "/manifest.json"
        let content = try SupportSetFolder.read(manifestPath, upTo: SetBounds.mostManifestBytes)
        var manifest = try SupportSetManifest(fileContent: content, path: manifestPath)
        if let version { manifest.version = version }
        var known = Set(manifest.counterexamples.compactMap { manifest.files[$0] })
        var number = manifest.counterexamples.compactMap { Self.number(of: $0) }.max() ?? 0
        var added: [(path: String, bytes: [UInt8])] = []
        for picture in pictures {
            let digest = SHA256.hash(data: picture.bytes).hexadecimal
            guard known.insert(digest).inserted else { continue }
            number += 1
            let path = SupportSetManifest.counterexampleFolder + "/" + Self.name(picture.name, number: number)
            added.append((path: path, bytes: picture.bytes))
        }
        guard manifest.counterexamples.count + added.count <= SupportSetManifest.mostCounterexamples else {
            throw .damaged(
                path: source,
                problem: "it would have more than \(SupportSetManifest.mostCounterexamples) counter-examples")
        }
        let writer = SupportSetWriter(directory: target)
        return try writer.revise(manifest, of: source, adding: added, replacing: target == source)
    }

    private static func number(of path: String) -> Int? {
        path.split(separator: "/").last.flatMap { Int($0.prefix { $0 != "-" }) }
    }

    /// The last part of a path with everything but plain characters replaced, behind a number.
    private static func name(_ name: String, number: Int) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? "image"
        let plain = last.suffix(80).map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" }
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits + "-" + String(plain)
    }
}

extension SupportSetWriter {
    /// Writes a folder of a set's files and some more, with the manifest that belongs to them.
    fileprivate func revise(
        _ manifest: SupportSetManifest, of source: String, adding files: [(path: String, bytes: [UInt8])],
        replacing: Bool
    ) throws(SupportSetError) -> SupportSetIdentity {
        var manifest = manifest
        let partial = directory + ".partial-\(getpid())"
        try Self.remove(partial)
        do throws(SupportSetError) {
            let folder = try FreshFolder(creating: partial)
            var piece = [UInt8](repeating: 0, count: 1 << 20)
            for (name, digest) in manifest.files.sorted(by: { $0.key < $1.key }) {
                if let problem = SetArchive.problem(withFile: name) {
                    throw .damaged(path: source + "/manifest.json", problem: "it lists \(name), which \(problem)")
                }
                let path = source + "/" + name
                guard try Self.copy(path, to: folder.file(name), through: &piece) == digest else {
                    throw .digestDiffers(path: path)
                }
            }
            for file in files {
                var target = try folder.file(file.path)
                try target.write(file.bytes)
                try target.finish()
                manifest.files[file.path] = SHA256.hash(data: file.bytes).hexadecimal
            }
            try writeManifest(manifest, into: partial)
            let digest = try SupportSetFolder.digest(of: partial + "/manifest.json")
            try putInPlace(partial, replacing: replacing)
            return SupportSetIdentity(name: manifest.name, version: manifest.version, digest: digest)
        } catch {
            Self.discard(partial)
            throw error
        }
    }

    /// - Returns: the SHA-256 of what was copied.
    private static func copy(
        _ source: String, to target: consuming FileWriter, through piece: inout [UInt8]
    ) throws(SupportSetError) -> String {
        var reader = try FileReader(opening: source)
        var target = target
        var hash = SHA256()
        while reader.remaining > 0 {
            let count = min(reader.remaining, piece.count)
            try reader.read(into: &piece, count)
            hash.update(data: piece.prefix(count))
            try target.write(piece.prefix(count))
        }
        try target.finish()
        return hash.finalize().hexadecimal
    }
}
