/// A message in the form that subscribers see; each one is valid against its JSON Schema in `Config/schemas`.
package protocol WireMessage: Sendable {
    /// `assay.<kind>/<version>`.
    static var schema: String { get }

    /// Writes every member but `schema` (and, for sequenced messages, but the head).
    func writeMembers(to writer: inout JSONWriter)
}

extension WireMessage {
    /// The whole message as JSON in UTF-8.
    package func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", Self.schema)
            writeMembers(to: &writer)
        }
        return writer.bytes
    }
}
