/// What became of an object that is there.
package enum ObjectFate: String, Sendable, Codable, CaseIterable {
    /// One detection matches it.
    case found

    /// One detection holds most of it and most of another object.
    case merged

    /// A detection holds most of it with too much round it.
    case oversized

    /// Several detections lie in it and none matches it.
    case split

    /// One detection lies in it, but is too small.
    case partial

    /// Nothing that was found lies mostly in it or holds most of it.
    case missed

    /// For a sentence about objects.
    var words: String {
        switch self {
        case .found: "found"
        case .merged: "taken for one object with a neighbour"
        case .oversized: "found with too much round it"
        case .split: "found only in several pieces"
        case .partial: "found only in part"
        case .missed: "not found at all"
        }
    }
}
