/// A support set as settings and commands name it.
package enum SetReference: Equatable, Sendable {
    /// A folder, or a file that holds the same.
    case path(String)

    /// By its own name, and where it is given only if it has that digest; looked for where sets may come from.
    case named(name: String, version: String, digest: String? = nil)

    /// By the SHA-256 of its manifest, 64 hexadecimal digits.
    case digest(String)

    /// On a server, and only if it is the set of that digest.
    case web(address: String, digest: String)

    /// - Throws: where the text is none of these.
    package init(_ text: String) throws(SetRefusal) {
        func refuse(_ why: String) -> SetRefusal { SetRefusal(reason: "\(text.printable): \(why)") }
        if Self.isAddress(text) {
            guard let mark = text.lastIndex(of: "#"), Self.isDigest(text[text.index(after: mark)...]) else {
                throw refuse("an address must end with # and the set's digest, 64 hexadecimal digits")
            }
            let lowered = text.lowercased()
            guard !lowered.contains("/.."), !lowered.contains("%2e"), !Self.host(of: text).contains("@") else {
                throw refuse("this is no address that sets are fetched from")
            }
            self = .web(address: String(text[..<mark]), digest: String(text[text.index(after: mark)...]))
        } else if Self.isDigest(text[...]) {
            self = .digest(text)
        } else if !text.contains("/"), let mark = text.lastIndex(of: "@") {
            let name = String(text[..<mark])
            let parts = text[text.index(after: mark)...].split(separator: "#", omittingEmptySubsequences: false)
            let version = String(parts[0])
            guard parts.count == 1 || (parts.count == 2 && Self.isDigest(parts[1])) else {
                throw refuse("after # stands the set's digest, 64 hexadecimal digits")
            }
            guard (1...128).contains(name.utf8.count), (1...64).contains(version.utf8.count), !name.hasPrefix(".")
            else {
                throw refuse("a set is called name@version")
            }
            self = .named(name: name, version: version, digest: parts.count == 2 ? String(parts[1]) : nil)
        } else {
            guard text.hasPrefix("/") else {
                throw refuse("give name@version, a digest of 64 hexadecimal digits, an absolute path or an address")
            }
            self = .path(text)
        }
    }

    static func isAddress(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }

    static func isDigest(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    private static func host(of address: String) -> Substring {
        address.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
    }

    /// The digest that the set must have; nil where any will do.
    var digest: String? {
        switch self {
        case .path: nil
        case .named(_, _, let digest): digest
        case .digest(let digest), .web(_, let digest): digest
        }
    }

    /// Whether a set of this name, version and digest is meant; nil where only looking at the path can tell.
    func means(name: String, version: String, digest: String) -> Bool? {
        switch self {
        case .path: nil
        case .named(let wanted, let wantedVersion, let wantedDigest):
            wanted == name && wantedVersion == version && wantedDigest ?? digest == digest
        case .digest(let wanted), .web(_, let wanted): wanted == digest
        }
    }
}

extension String {
    /// Without control characters, and short.
    fileprivate var printable: String {
        String(
            String.UnicodeScalarView(unicodeScalars.prefix(256).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
    }
}
