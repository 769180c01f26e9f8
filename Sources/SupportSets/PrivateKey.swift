internal import Crypto
internal import Foundation
internal import Glibc

/// An Ed25519 key that signs sets; its file is one line, `ed25519-private:` and 64 hexadecimal digits.
package struct PrivateKey: Sendable {
    static let prefix = "ed25519-private:"
    private static let mostFileBytes = 4096

    private let key: Curve25519.Signing.PrivateKey

    /// A new key.
    package init() { key = Curve25519.Signing.PrivateKey() }

    /// Reads a key file, which nobody but its owner may be able to read.
    package init(contentsOf path: String) throws(SupportSetError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
        guard status.st_mode & 0o077 == 0 else {
            throw .unusableKey(path: path, problem: "others than its owner may use this private key (chmod 600 it)")
        }
        let lines = KeyLines(try SupportSetFolder.read(path, upTo: Self.mostFileBytes))
        guard lines.texts.count == 1, lines.texts[0].hasPrefix(Self.prefix),
            let bytes = [UInt8](hexadecimal: lines.texts[0].dropFirst(Self.prefix.count)), bytes.count == 32
        else {
            throw .unusableKey(path: path, problem: "it does not hold one line \"\(Self.prefix)\" with 64 digits")
        }
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        } catch {
            throw .unusableKey(path: path, problem: "its digits are no key")
        }
    }

    package var publicKey: PublicKey { PublicKey(bytes: Array(key.publicKey.rawRepresentation)) }

    /// Writes a new file that only its owner may read.
    package func write(to path: String) throws(SupportSetError) {
        var file = try FileWriter(creatingAt: path, mode: 0o600)
        try file.write(Array("\(Self.prefix)\(key.rawRepresentation.hexadecimal)\n".utf8))
        try file.finish()
    }

    func signature(for message: [UInt8]) throws(SupportSetError) -> [UInt8] {
        do {
            return Array(try key.signature(for: Data(message)))
        } catch {
            throw .unusableKey(path: publicKey.shortName, problem: "it cannot sign (\(error))")
        }
    }
}
