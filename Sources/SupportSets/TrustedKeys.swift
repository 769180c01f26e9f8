/// The keys of those whose sets are taken; without any, every set is.
package struct TrustedKeys: Equatable, Sendable {
    package let keys: [PublicKey]

    package init(_ keys: [PublicKey] = []) { self.keys = keys }

    /// - Parameter texts: keys (`ed25519:` and 64 digits) or paths of files of one key each.
    package init(_ texts: [String]) throws(SupportSetError) {
        var keys: [PublicKey] = []
        for text in texts {
            if let key = PublicKey(text) {
                keys.append(key)
            } else if text.hasPrefix(PublicKey.prefix) {
                throw .unusableKey(path: text, problem: "it has not 64 hexadecimal digits")
            } else {
                keys.append(try PublicKey(contentsOf: text))
            }
        }
        self.keys = keys
    }

    package var isEmpty: Bool { keys.isEmpty }

    /// Refuses a manifest that none of the keys has signed.
    ///
    /// - Parameter signature: the content of the file `signature`; nil where there is none.
    /// - Parameter path: of the set, for messages.
    /// - Returns: the key that signed; nil where no keys are given.
    @discardableResult
    package func check(
        manifest: [UInt8], signature: [UInt8]?, path: String
    ) throws(SupportSetError) -> PublicKey? {
        guard !keys.isEmpty else { return nil }
        guard let signature else { throw .untrusted(path: path, problem: "it is not signed") }
        guard let signature = SetSignature(fileContent: signature) else {
            throw .untrusted(path: path, problem: "its signature is none that assayctl set sign writes")
        }
        guard keys.contains(signature.key) else {
            throw .untrusted(
                path: path, problem: "it is signed by \(signature.key.shortName), which is not among the trusted keys")
        }
        guard signature.isValid(for: manifest) else {
            throw .untrusted(
                path: path,
                problem: "its signature by \(signature.key.shortName) does not belong to its manifest")
        }
        return signature.key
    }
}
