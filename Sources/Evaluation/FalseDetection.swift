/// What a detection that matches nothing is.
package enum FalseDetection: String, Sendable, Codable, CaseIterable {
    /// It lies mostly in one object.
    case piece

    /// It holds most of several objects.
    case several

    /// It holds most of one object, but is too large.
    case oversized

    /// It lies mostly on no object: on ground, shadow, print or carrier.
    case clutter

    /// For a sentence about detections.
    var words: String {
        switch self {
        case .piece: "are pieces of an object"
        case .several: "hold several objects"
        case .oversized: "hold one object and too much round it"
        case .clutter: "lie mostly on no object: on ground, shadow, print or carrier"
        }
    }
}
