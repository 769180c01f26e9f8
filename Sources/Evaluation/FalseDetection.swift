/// What a detection that matches nothing is.
package enum FalseDetection: String, Sendable, Codable, CaseIterable {
    /// It lies mostly in one object.
    case piece

    /// It holds most of several objects.
    case several

    /// It holds most of one object, but is too large.
    case oversized

    /// It has little to do with any object: ground, shadow, print, carrier.
    case clutter
}
