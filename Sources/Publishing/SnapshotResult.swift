/// A picture that answers a command.
package struct SnapshotResult: Equatable, Sendable {
    package var line: String

    /// When it was taken.
    package var at: Timestamp
    package var width: Int
    package var height: Int

    /// JPEG, in base64.
    package var jpeg: String

    /// What the camera does not do as it was asked.
    package var warnings: [String]

    package init(line: String, at: Timestamp, width: Int, height: Int, jpeg: String, warnings: [String]) {
        self.line = line
        self.at = at
        self.width = width
        self.height = height
        self.jpeg = jpeg
        self.warnings = warnings
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("line", line)
            writer.member("at", at.text)
            writer.member("width", width)
            writer.member("height", height)
            writer.member("jpeg", jpeg)
            writer.member("warnings", warnings) { $0.value($1) }
        }
    }
}
