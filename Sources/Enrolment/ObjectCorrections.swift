package import Imaging

/// What an engineer says of the objects that were found in the good images (`objects.yaml`).
package struct ObjectCorrections: Equatable, Sendable {
    /// One entry of the file.
    package struct Correction: Equatable, Sendable {
        package enum Change: Equatable, Sendable {
            /// These objects are one.
            case merge([Int])

            /// This object is several.
            case split(Int, ObjectCut)

            /// This is no object.
            case drop(Int)

            /// This object is right as it is, whatever is said of one like it in another picture.
            case keep(Int)

            /// What an object is called, by its id after the other corrections: "3", "3+4", "8a".
            case name(String, String)
        }

        package var change: Change

        /// Where it stands in the file.
        package var line: Int
        package var key: String

        package init(_ change: Change, line: Int = 1, key: String = "") {
            self.change = change
            self.line = line
            self.key = key
        }
    }

    /// How one object is cut into several.
    package enum ObjectCut: Equatable, Sendable {
        /// Into so many pieces, along the strongest borders that the segmenter saw inside it.
        case pieces(Int)

        /// Into one piece round each point, in pixels of the picture.
        case points([PixelPoint])
    }

    /// What is said of one picture.
    package struct Picture: Equatable, Sendable {
        /// As much of its path as is needed, or its name in the set.
        package var name: String
        package var line: Int

        /// How many objects were found in it when the corrections were written; nil where that was not noted.
        package var foundCount: Int?
        package var corrections: [Correction]

        package init(name: String, line: Int = 1, foundCount: Int? = nil, corrections: [Correction]) {
            self.name = name
            self.line = line
            self.foundCount = foundCount
            self.corrections = corrections
        }
    }

    package var pictures: [Picture]

    package init(pictures: [Picture] = []) {
        self.pictures = pictures
    }
}
