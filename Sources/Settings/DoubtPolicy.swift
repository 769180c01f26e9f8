/// What a line does with frames that it has reason to doubt.
package enum DoubtPolicy: String, CaseIterable, Sendable {
    /// Gives them no verdict.
    case refuse

    /// Judges them all the same, and tells of the reason once.
    case warn
}
