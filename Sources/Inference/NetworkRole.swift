/// What a network of a bundle is for.
package enum NetworkRole: String, Codable, Sendable {
    /// Gives feature levels.
    case features

    /// Gives part maps.
    case parts
}
