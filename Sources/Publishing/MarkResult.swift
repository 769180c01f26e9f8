/// What became of a mark.
package struct MarkResult: Equatable, Sendable {
    package var line: String
    package var verdict: String
    package var mark: CommandDetails.Mark

    /// The picture that was kept on the station's disk; nil where none is kept.
    package var picture: String?

    package init(line: String, verdict: String, mark: CommandDetails.Mark, picture: String?) {
        self.line = line
        self.verdict = verdict
        self.mark = mark
        self.picture = picture
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("line", line)
            writer.member("verdict", verdict)
            writer.member("as", mark.rawValue)
            writer.nullable("picture", picture) { $0.value($1) }
        }
    }
}
