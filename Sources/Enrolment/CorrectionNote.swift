/// What corrections or marks came to in one picture, for the operator.
package struct CorrectionNote: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case done

        /// The same was found in a picture of which nothing was said.
        case carriedOver(from: String)

        /// Nothing like it was found there; that may be right.
        case notFound(from: String)

        /// People marked it, and the segmenter sees nothing that fits.
        case unseen
    }

    /// The picture's name in the set.
    package var image: String

    /// "merged 3+4", "split 8", "dropped 9"; "1 × nut, 2 × bolt are".
    package var text: String
    package var outcome: Outcome

    package var sentence: String {
        switch outcome {
        case .done: "\(image): \(text)"
        case .carriedOver(let source): "\(image): \(text), as in \(source)"
        case .notFound(let source): "\(image): nothing like \(text) of \(source) was found"
        case .unseen: "\(image): the networks see no part where \(text) marked: one that is missing may not be noticed"
        }
    }
}
