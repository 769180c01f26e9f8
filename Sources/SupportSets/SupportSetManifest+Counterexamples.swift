/// The folder of a set that holds pictures of defects which once were passed: every set that passes one is refused.
extension SupportSetManifest {
    package static let counterexampleFolder = "counterexamples"

    /// More than this are not kept in one set.
    package static let mostCounterexamples = 1024

    /// The paths of the counter-examples inside the set, in the order of their names.
    package var counterexamples: [String] {
        files.keys.filter { $0.hasPrefix(Self.counterexampleFolder + "/") }.sorted()
    }

    /// The paths of all files of the set that lie in `images`.
    package var images: [String] { files.keys.filter { $0.hasPrefix("images/") }.sorted() }
}
