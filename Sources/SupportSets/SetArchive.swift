internal import Crypto

/// An `.assayset` file: the whole of a set's folder in one file, which `tar` can list.
///
/// It is a POSIX ustar archive of regular files: `manifest.json`, then `signature` if there is one, then every file that
/// the manifest lists, in the order of their names' bytes, then two blocks of zeros and nothing more. Since the manifest
/// comes first, whatever follows is held against it while it is read: what it does not list is never written.
package struct SetArchive: ~Copyable {
    package let manifest: SupportSetManifest
    package let identity: SupportSetIdentity

    /// The trusted key that signed it; nil where no keys were given.
    package let signer: PublicKey?
    let manifestBytes: [UInt8]
    let signatureBytes: [UInt8]?
    let bounds: SetBounds

    /// Stands behind the manifest, or behind the signature.
    var reader: FileReader

    /// The header that was read last and whose file is still to come.
    var next: ArchiveHeader?

    static let manifestName = "manifest.json"
    static let signatureName = "signature"

    /// Reads manifest and signature and checks them; the files are read by `unpack`.
    package init(
        opening path: String, trusting keys: TrustedKeys = TrustedKeys(), within bounds: SetBounds = SetBounds()
    ) throws(SupportSetError) {
        do throws(SupportSetError) {
            try self.init(reading: FileReader(opening: path), trusting: keys, within: bounds)
        } catch {
            throw error.told(ofArchive: path)
        }
    }

    private init(
        reading file: consuming FileReader, trusting keys: TrustedKeys, within bounds: SetBounds
    ) throws(SupportSetError) {
        var reader = file
        let path = reader.path
        guard let first = try Self.header(from: &reader), first.path == Self.manifestName else {
            throw .damagedArchive(path: path, problem: "its first file is not \(Self.manifestName)")
        }
        let manifestBytes = try Self.content(of: first, upTo: SetBounds.mostManifestBytes, from: &reader)
        var next = try Self.header(from: &reader)
        var signatureBytes: [UInt8]?
        if let header = next, header.path == Self.signatureName {
            signatureBytes = try Self.content(of: header, upTo: SetBounds.mostSignatureBytes, from: &reader)
            next = try Self.header(from: &reader)
        }
        // Before anything of the manifest is believed.
        let signer = try keys.check(manifest: manifestBytes, signature: signatureBytes, path: path)
        let manifest = try SupportSetManifest(fileContent: manifestBytes, path: path + ":" + Self.manifestName)
        guard manifest.files.count <= bounds.mostFiles else {
            throw .damagedArchive(
                path: path, problem: "it has \(manifest.files.count) files, above the bound of \(bounds.mostFiles)")
        }
        for name in manifest.files.keys.sorted() {
            if let problem = Self.problem(withFile: name) {
                throw .damagedArchive(path: path, problem: "its manifest lists a file which \(problem)")
            }
        }
        self.manifest = manifest
        self.identity = SupportSetIdentity(
            name: manifest.name, version: manifest.version, digest: SHA256.hash(data: manifestBytes).hexadecimal)
        self.signer = signer
        self.manifestBytes = manifestBytes
        self.signatureBytes = signatureBytes
        self.bounds = bounds
        self.next = next
        self.reader = reader
    }

    /// What is wrong with a listed file's path, to follow "which"; nil when nothing is.
    static func problem(withFile path: String) -> String? {
        if path == manifestName || path == signatureName { return "is the manifest or the signature itself" }
        return ArchiveHeader.problem(withPath: path)
    }

    /// The next header, or nil at the archive's proper end.
    static func header(from reader: inout FileReader) throws(SupportSetError) -> ArchiveHeader? {
        let block = try reader.read(ArchiveHeader.byteCount)
        guard block.allSatisfy({ $0 == 0 }) else {
            let header = try ArchiveHeader(reading: block, archive: reader.path)
            guard header.size <= reader.remaining else {
                throw .damagedArchive(path: reader.path, problem: "it ends within \(header.path)")
            }
            return header
        }
        guard try reader.read(ArchiveHeader.blockSize).allSatisfy({ $0 == 0 }) else {
            throw .damagedArchive(path: reader.path, problem: "it goes on after its end")
        }
        guard reader.remaining == 0 else {
            throw .damagedArchive(path: reader.path, problem: "it goes on after its end")
        }
        return nil
    }

    private static func content(
        of header: ArchiveHeader, upTo bound: Int, from reader: inout FileReader
    ) throws(SupportSetError) -> [UInt8] {
        guard header.size <= bound else {
            throw .damagedArchive(
                path: reader.path,
                problem: "\(header.path) in it has \(header.size) bytes, above the bound of \(bound)")
        }
        let bytes = try reader.read(header.size)
        try skipPadding(after: header, in: &reader)
        return bytes
    }

    static func skipPadding(after header: ArchiveHeader, in reader: inout FileReader) throws(SupportSetError) {
        guard try reader.read(ArchiveHeader.padding(after: header.size)).allSatisfy({ $0 == 0 }) else {
            throw .damagedArchive(path: reader.path, problem: "something lies between the files in it")
        }
    }
}
