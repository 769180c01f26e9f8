extension JSONWriter {
    package mutating func member(_ name: String, _ text: String) {
        key(name)
        value(text)
    }

    package mutating func member(_ name: String, _ boolean: Bool) {
        key(name)
        value(boolean)
    }

    package mutating func member(_ name: String, _ integer: Int) {
        key(name)
        value(integer)
    }

    package mutating func member(_ name: String, _ integer: UInt64) {
        key(name)
        value(integer)
    }

    package mutating func member(_ name: String, _ number: Double, decimals: Int = 6) {
        key(name)
        value(number, decimals: decimals)
    }

    package mutating func member(_ name: String, _ members: (inout JSONWriter) -> Void) {
        key(name)
        object(members)
    }

    package mutating func member<Element>(
        _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        array(elements, write)
    }

    package mutating func member(_ name: String, _ value: JSONValue) {
        key(name)
        value.write(to: &self)
    }

    /// A member that is always there: `null` says that there is no value.
    package mutating func nullable<Value>(
        _ name: String, _ value: Value?, _ write: (inout JSONWriter, Value) -> Void
    ) {
        key(name)
        if let value { write(&self, value) } else { null() }
    }

    /// A member that is left out when there is no value.
    package mutating func optional<Value>(
        _ name: String, _ value: Value?, _ write: (inout JSONWriter, Value) -> Void
    ) {
        guard let value else { return }
        key(name)
        write(&self, value)
    }

    package mutating func nullable(_ name: String, _ text: String?) { nullable(name, text) { $0.value($1) } }
    package mutating func optional(_ name: String, _ text: String?) { optional(name, text) { $0.value($1) } }

    package mutating func nullable(_ name: String, _ number: Double?) { nullable(name, number) { $0.value($1) } }

    /// Left out when there is no value or when it is not finite.
    package mutating func optional(_ name: String, _ number: Double?) {
        optional(name, number.flatMap { $0.isFinite ? $0 : nil }) { $0.value($1) }
    }
}
