/// What came of a support-set command on one line.
package struct SetCommandResult: Equatable, Sendable {
    package var line: String

    /// The set that the line now has in force, or prepared.
    package var set: SupportSetReference?

    /// The set that was in force before; the same where nothing changed.
    package var before: SupportSetReference?

    /// Why the command changed nothing here.
    package var refusal: String?

    package init(
        line: String, set: SupportSetReference? = nil, before: SupportSetReference? = nil, refusal: String? = nil
    ) {
        self.line = line
        self.set = set
        self.before = before
        self.refusal = refusal
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("line", line)
            writer.member("ok", refusal == nil)
            writer.nullable("set", set) { $1.write(to: &$0) }
            writer.nullable("before", before) { $1.write(to: &$0) }
            writer.optional("reason", refusal)
        }
    }
}
