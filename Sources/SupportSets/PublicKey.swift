internal import Crypto
internal import Foundation

/// An Ed25519 key by which a set's signature is checked; as a text `ed25519:` and 64 hexadecimal digits.
package struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    static let byteCount = 32
    static let prefix = "ed25519:"
    private static let mostFileBytes = 4096

    /// The 32 bytes of the key.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount)
        self.bytes = bytes
    }

    /// Nil when the text is no key.
    package init?(_ text: some StringProtocol) {
        guard text.hasPrefix(Self.prefix), let bytes = [UInt8](hexadecimal: text.dropFirst(Self.prefix.count)),
            bytes.count == Self.byteCount
        else { return nil }
        self.bytes = bytes
    }

    /// Reads a file that holds a key in its first line and nothing else but lines that begin with `#`.
    package init(contentsOf path: String) throws(SupportSetError) {
        let lines = KeyLines(try SupportSetFolder.read(path, upTo: Self.mostFileBytes))
        if lines.texts.contains(where: { $0.hasPrefix(PrivateKey.prefix) }) {
            throw .unusableKey(path: path, problem: "it holds a private key, which belongs on no station")
        }
        guard lines.texts.count == 1, let key = Self(lines.texts[0]) else {
            throw .unusableKey(path: path, problem: "it does not hold one line \"\(Self.prefix)\" with 64 digits")
        }
        self = key
    }

    package var description: String { Self.prefix + bytes.hexadecimal }

    /// The first digits, to tell keys apart in a message.
    package var shortName: String { String(description.prefix(Self.prefix.count + 12)) + "…" }

    /// Writes a new file that everybody may read.
    package func write(to path: String) throws(SupportSetError) {
        var file = try FileWriter(creatingAt: path, mode: 0o644)
        try file.write(fileContent)
        try file.finish()
    }

    package var fileContent: [UInt8] { Array("\(self)\n".utf8) }

    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        do {
            return try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
                .isValidSignature(Data(signature), for: Data(message))
        } catch {
            return false
        }
    }
}
