internal import Glibc

/// A file that holds one secret and nothing else; what it holds appears in no error.
struct Secret {
    /// The settings' key or the credential's name.
    let key: String
    let path: String

    /// It lies in the folder that the service manager keeps from everyone else, whatever its mode.
    let isCredential: Bool

    var isThere: Bool { unsafe access(path, F_OK) == 0 }

    /// The first line.
    func text() throws(PublishingError) -> String {
        let file = SettingsFile(key: key, path: path)
        let bytes = try file.read(within: 4096, hiddenFrom: isCredential ? nil : .groupAndEveryone)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty else {
            throw file.problem("holds nothing in its first line", remedy: "write the secret there, and nothing else")
        }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw file.problem("is not text in UTF-8", remedy: "write the secret there, and nothing else")
        }
        return text
    }
}
