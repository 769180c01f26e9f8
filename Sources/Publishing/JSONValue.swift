/// Any JSON, for the parts of a message that belong to someone else (a trigger's metadata, an event's data).
///
/// Members are kept in the order of their names, so the same value is always written the same way.
package enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .boolean(let boolean): writer.value(boolean)
        case .number(let number): writer.value(number, decimals: 9)
        case .text(let text): writer.value(text)
        case .array(let elements): writer.array(elements) { $1.write(to: &$0) }
        case .object(let members):
            writer.object { writer in
                for (name, value) in members.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
            }
        }
    }
}

extension JSONValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let boolean = try JSONValue.ifPresent({ try container.decode(Bool.self) }) {
            self = .boolean(boolean)
        } else if let number = try JSONValue.ifPresent({ try container.decode(Double.self) }) {
            self = .number(number)
        } else if let text = try JSONValue.ifPresent({ try container.decode(String.self) }) {
            self = .text(text)
        } else if let elements = try JSONValue.ifPresent({ try container.decode([JSONValue].self) }) {
            self = .array(elements)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Nothing when the value is of another type; other errors are passed on.
    private static func ifPresent<Value>(_ decode: () throws -> Value) throws -> Value? {
        do {
            return try decode()
        } catch DecodingError.typeMismatch {
            return nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral integer: Int) { self = .number(Double(integer)) }
    package init(floatLiteral number: Double) { self = .number(number) }
    package init(booleanLiteral boolean: Bool) { self = .boolean(boolean) }
}
