/// When a changed setting takes effect.
package enum ChangeEffect: String, CaseIterable, Sendable {
    /// On reload, between two frames.
    case live
    /// On reload; this line's camera starts again, other lines go on.
    case camera = "live, restarts this line's camera"
    /// When the daemon starts the next time; a reload says so.
    case restart
}
