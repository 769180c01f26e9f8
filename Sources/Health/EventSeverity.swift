/// How much an event matters to an operator.
package enum EventSeverity: String, CaseIterable, Codable, Sendable {
    /// Worth knowing: start, stop, recovered.
    case notice
    /// Someone should act.
    case warning
    /// A line cannot do its work.
    case error
    /// The station is about to be restarted.
    case critical
}
