/// Bounds that no honest annotation reaches; they keep a hostile file from asking for the machine's memory.
enum AnnotationLimits {
    static let fileBytes = 128 << 20
    static let pictures = 100_000
    static let objectsOfPicture = 2000
    static let objects = 1_000_000
    static let classes = 1000
    static let pointsOfObject = 20_000
    static let nameBytes = 64

    /// What is wrong with the name of a class; nil when nothing is.
    static func problem(withName name: String) -> String? {
        guard !name.isEmpty, name.utf8.count <= nameBytes else { return "a class name has 1 to \(nameBytes) bytes" }
        let isPrintable = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
            default: true
            }
        }
        return isPrintable ? nil : "a class name holds characters that cannot be printed"
    }
}
