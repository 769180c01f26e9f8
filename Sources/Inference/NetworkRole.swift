/// What a network of a bundle is for.
package enum NetworkRole: String, Codable, Sendable {
    /// Gives feature levels and part maps in one pass.
    case whole

    /// Gives feature levels.
    case features

    /// Gives part maps.
    case parts
}
