internal import Glibc

/// The file `signature`: by which key the exact bytes of `manifest.json` were signed, and the 64 bytes of Ed25519.
///
/// One line: the public key as a text, a space, and 128 hexadecimal digits.
package struct SetSignature: Equatable, Sendable {
    static let fileName = "signature"
    private static let byteCount = 64

    /// The key that is said to have signed.
    package let key: PublicKey
    let bytes: [UInt8]

    /// Signs a manifest.
    package init(of manifest: [UInt8], by key: PrivateKey) throws(SupportSetError) {
        bytes = try key.signature(for: manifest)
        self.key = key.publicKey
    }

    /// Nil when the file is no signature.
    package init?(fileContent: [UInt8]) {
        guard fileContent.count <= SetBounds.mostSignatureBytes, fileContent.last == UInt8(ascii: "\n"),
            let line = String(validating: fileContent.dropLast(), as: UTF8.self)
        else { return nil }
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let key = PublicKey(words[0]), let bytes = [UInt8](hexadecimal: words[1]),
            bytes.count == Self.byteCount
        else { return nil }
        self.key = key
        self.bytes = bytes
    }

    package var fileContent: [UInt8] { Array("\(key) \(bytes.hexadecimal)\n".utf8) }

    package func isValid(for manifest: [UInt8]) -> Bool { key.isValid(bytes, for: manifest) }

    /// Signs the set in a folder, in place of any signature it has.
    @discardableResult
    package static func sign(_ directory: String, by key: PrivateKey) throws(SupportSetError) -> SetSignature {
        let manifest = try SupportSetFolder.read(directory + "/manifest.json", upTo: SetBounds.mostManifestBytes)
        let signature = try SetSignature(of: manifest, by: key)
        // A name that a set may not have, so that a station which copies the folder meanwhile refuses it.
        let path = directory + "/" + fileName
        let partial = directory + "/.signature-\(getpid())"
        var file = try FileWriter(creating: partial)
        try file.write(signature.fileContent)
        try file.finish()
        guard unsafe rename(partial, path) == 0 else {
            let reason = String(errno: errno)
            unsafe unlink(partial)
            throw .unwritable(path: path, reason: reason)
        }
        try SupportSetFolder.synchronise(folderOf: path)
        return signature
    }
}
