internal import Crypto
internal import Glibc

/// What can be told of a set by its manifest and its signature alone, whether it is a folder or an archive.
///
/// Nothing of the other files was looked at: a set with this head may still be damaged.
package struct SetHead: Sendable {
    package enum Signature: Equatable, Sendable {
        case none
        case valid(PublicKey)

        /// It belongs to another manifest, or is no signature at all.
        case invalid
    }

    package let manifest: SupportSetManifest
    package let identity: SupportSetIdentity
    package let signature: Signature

    /// - Parameter path: a folder or an `.assayset` file.
    package init(of path: String) throws(SupportSetError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
        if status.st_mode & S_IFMT == S_IFDIR {
            let manifestPath = path + "/manifest.json"
            let content = try SupportSetFolder.read(manifestPath, upTo: SetBounds.mostManifestBytes)
            manifest = try SupportSetManifest(fileContent: content, path: manifestPath)
            identity = SupportSetIdentity(
                name: manifest.name, version: manifest.version, digest: SHA256.hash(data: content).hexadecimal)
            signature = Self.signature(try SupportSetFolder.signature(in: path), of: content)
        } else {
            let archive = try SetArchive(opening: path)
            manifest = archive.manifest
            identity = archive.identity
            signature = Self.signature(archive.signatureBytes, of: archive.manifestBytes)
        }
    }

    private static func signature(_ file: [UInt8]?, of manifest: [UInt8]) -> Signature {
        guard let file else { return .none }
        guard let signature = SetSignature(fileContent: file), signature.isValid(for: manifest) else { return .invalid }
        return .valid(signature.key)
    }
}
