/// The name of a line: `[a-z0-9][a-z0-9_-]{0,63}`, and none of the words that topics keep for themselves.
package struct LineName: Hashable, Sendable, CustomStringConvertible {
    /// Words that would make a line's topics collide with the station's own.
    package static let reserved = ["status", "event", "health", "command"]

    package let description: String

    /// - Throws: `badName` when the name breaks the rule or is reserved.
    package init(_ name: String) throws(PublishingError) {
        guard !LineName.reserved.contains(name) else {
            throw .badName(what: "line", name: name, rule: "status, event, health and command are reserved")
        }
        let bytes = Array(name.utf8)
        guard let first = bytes.first, bytes.count <= 64, LineName.isAlphanumeric(first),
            bytes.allSatisfy({ LineName.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
        else {
            throw .badName(
                what: "line", name: name, rule: "1 to 64 of a-z, 0-9, _ and -, the first a letter or a digit")
        }
        description = name
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
