extension TextRule {
    /// Where sets may come from: a path, or the beginning of an http(s) address without what does not belong there.
    static func checkedSource(_ scalar: SettingsScalar) throws(Refusal) -> String {
        guard isAddress(scalar.text) else { return try path.checked(scalar) }
        try checkAddress(scalar.text)
        guard !scalar.text.contains("#") else {
            throw Refusal(message: "is the beginning of addresses and holds no #, unlike \(scalar.text.quoted)")
        }
        return String(scalar.text.reversed().drop { $0 == "/" }.reversed())
    }

    /// A set: a path made absolute; an http(s) address with the set's digest; `name@version`; or a digest.
    static func checkedReference(_ scalar: SettingsScalar) throws(Refusal) -> String {
        let text = scalar.text
        if isAddress(text) {
            try checkAddress(text)
            let digest = text.lastIndex(of: "#").map { text[text.index(after: $0)...] }
            guard let digest, isDigest(digest) else {
                throw Refusal(
                    message: "must end with # and the set's digest, 64 hexadecimal digits: what a server gives out is "
                        + "only taken if it is that set")
            }
            return text
        }
        let isName = !text.contains("/") && text.contains("@")
        if isName, let mark = text.lastIndex(of: "#"), !isDigest(text[text.index(after: mark)...]) {
            throw Refusal(message: "after # stands the set's digest, 64 hexadecimal digits")
        }
        if isDigest(text[...]) || isName { return text }
        return try path.checked(scalar)
    }

    private static func isAddress(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }

    private static func isDigest(_ text: Substring) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    private static func checkAddress(_ text: String) throws(Refusal) {
        let rest = text.drop { $0 != "/" }.dropFirst(2)
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !host.contains("@") else {
            throw Refusal(
                message: "must not hold a name or password, which others may read here; write them to a file of their "
                    + "own and name that in support_sets.credentials_file")
        }
        let lowered = text.lowercased()
        guard !host.isEmpty, text.utf8.count <= 2000, !text.utf8.contains(0x20), !lowered.contains("/.."),
            !lowered.contains("%2e")
        else { throw Refusal(message: "is no address that can be fetched from: \(text.quoted)") }
    }
}
