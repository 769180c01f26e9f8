/// What an engineer says of the objects that were found in the good pictures (`objects.yaml`), as it is written.
package struct ObjectsFile: Equatable, Sendable {
    package static let fileName = "objects.yaml"

    /// A point in pixels of a picture.
    package struct Point: Equatable, Sendable {
        package let x: Double
        package let y: Double
    }

    package enum Change: Equatable, Sendable {
        case merge([Int])
        case splitInto(Int, pieceCount: Int)
        case splitAround(Int, [Point])
        case drop(Int)
        case keep(Int)
        case name(String, String)
    }

    /// One change with the place where it stands.
    package struct Entry: Equatable, Sendable {
        package let change: Change
        package let line: Int
        package let key: String
    }

    package struct Picture: Equatable, Sendable {
        package let name: String
        package let line: Int

        /// How many objects were found when the file was written; nil where it does not say.
        package let foundCount: Int?
        package let entries: [Entry]
    }

    /// A rectangle of the picture that is not judged.
    package struct Ignored: Equatable, Sendable {
        package let region: RegionSettings
        package let line: Int
    }

    package let pictures: [Picture]
    package let ignored: [Ignored]

    /// Reads a file whole: every problem is told with file, line, key and what to do.
    package init(contentsOf path: String) throws(SettingsErrors) {
        try self.init(parsing: SettingsFile.text(of: path), file: path)
    }

    package init(parsing text: String, file: String) throws(SettingsErrors) {
        let document = SettingsDocument(parsing: text, file: file)
        var reading = Reading(problems: document.problems)
        let content = reading.content(of: document.tree)
        guard reading.problems.isEmpty else {
            throw SettingsErrors(problems: reading.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        pictures = content.pictures
        ignored = content.ignored
    }
}
