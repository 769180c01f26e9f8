/// JSON that belongs to someone else and is passed on as it came, numbers and the order of members included.
///
/// Only the space between its parts is left out, so that it fits on one line.
package struct JSONText: Equatable, Sendable {
    package let bytes: [UInt8]

    /// Bytes that a scanner found to be one JSON value.
    init(checked bytes: [UInt8]) { self.bytes = bytes }

    package init(_ value: JSONValue) {
        var writer = JSONWriter()
        value.write(to: &writer)
        bytes = writer.bytes
    }

    /// A whole message.
    package init(_ message: some SequencedMessage) { bytes = message.json() }

    /// The one JSON value that `bytes` hold, nested `depth` levels at most.
    package init(parsing bytes: [UInt8], depth: Int = JSONScanner.usualDepth) throws(JSONFault) {
        var scanner = try JSONScanner(bytes, depth: depth)
        self = try scanner.document()
    }

    package var kind: Kind {
        switch bytes.first {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    package enum Kind: String, Sendable {
        case object = "an object"
        case array = "a list"
        case text = "text"
        case number = "a number"
        case boolean = "true or false"
        case null = "null"
    }

    /// The members of an object in their order; nil for anything else.
    package func members() throws(JSONFault) -> [(name: String, value: JSONText)]? {
        guard kind == .object else { return nil }
        var scanner = try JSONScanner(bytes, depth: .max)
        return try scanner.members()
    }

    /// The elements of a list in their order; nil for anything else.
    package func elements() throws(JSONFault) -> [JSONText]? {
        guard kind == .array else { return nil }
        var scanner = try JSONScanner(bytes, depth: .max)
        return try scanner.elements()
    }

    /// The text without quotes and escapes; nil for anything else.
    package func text() throws(JSONFault) -> String? {
        guard kind == .text else { return nil }
        var scanner = try JSONScanner(bytes, depth: .max)
        return try scanner.string()
    }

    /// The number if it is a whole one that fits; nil for anything else.
    package var integer: Int? {
        guard kind == .number else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }
}

extension JSONText: Decodable {
    package init(from decoder: any Decoder) throws { self.init(try JSONValue(from: decoder)) }
}
