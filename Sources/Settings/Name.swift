/// The rule for names that become topic levels: `[a-z0-9][a-z0-9_-]{0,63}`.
enum Name {
    static let lengthLimit = 64
    static let rule = "a-z, 0-9, _ and -, beginning with a letter or digit, at most 64 characters"
    /// Topic levels of the station itself, which no line may take.
    static let reserved = ["status", "event", "health", "command"]

    static func isFirst(_ letter: Character) -> Bool {
        ("a"..."z").contains(letter) || ("0"..."9").contains(letter)
    }

    static func isInner(_ letter: Character) -> Bool {
        letter.isASCII && (isFirst(letter) || letter == "_" || letter == "-")
    }

    static func isValid(_ name: String) -> Bool {
        guard let first = name.first, name.count <= lengthLimit, name.utf8.count == name.count else { return false }
        return isFirst(first) && name.allSatisfy(isInner)
    }
}
