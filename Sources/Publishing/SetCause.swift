/// What brought a support set into force.
package enum SetCause: String, Codable, Sendable, CaseIterable {
    /// The line's settings name it.
    case settings

    /// It was activated by a command.
    case command

    /// It was in force before, and a command brought it back.
    case rollback

    /// It was in force before, and came back because the one after it gave no verdicts.
    case automaticRollback = "automatic_rollback"
}
