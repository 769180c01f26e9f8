/// What people know an object of a support image by.
package struct ObjectLabel: Equatable, Hashable, Sendable, Codable {
    /// As drawn in the pictures: "3", "3+4" for two that were merged, "3a" for a part of a split one.
    package var id: String

    /// What it is called, or its class; nil where nobody said.
    package var name: String?

    package init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// Names and ids are single lines that fit a sentence and a drawn label.
    package static let mostBytes = 64

    /// What is wrong with a name; nil when nothing is.
    package static func problem(with name: String) -> String? {
        if name.isEmpty { return "is empty" }
        if name.utf8.count > mostBytes { return "has more than \(mostBytes) bytes" }
        let isPrintable = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
            default: true
            }
        }
        if !isPrintable { return "holds characters that cannot be printed" }
        if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
            return "begins or ends with a blank"
        }
        return nil
    }
}
