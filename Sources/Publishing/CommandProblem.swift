/// Why a command is not obeyed, in a form for machines and one for people.
package struct CommandProblem: Error, Equatable, Sendable {
    package let code: Code

    /// What is wrong and what to do, in a sentence.
    package let text: String

    /// The kinds of problems; what a sender does about each is its own matter.
    package enum Code: String, Sendable, CaseIterable {
        /// Not one JSON object.
        case malformed
        case tooLarge = "too_large"

        /// A member that is unknown, missing or of the wrong type or range.
        case badMember = "bad_member"
        case unknownLine = "unknown_line"

        /// The line's own trigger does not go together with the command.
        case wrongTrigger = "wrong_trigger"

        /// The broker kept the command and hands it to whoever comes.
        case retained

        /// Its time was over before it could be begun.
        case stale

        /// Too many commands wait.
        case busy

        /// The identifier was used for another command before.
        case idReused = "id_reused"
        case stopping

        /// The support set was refused before a line was looked at.
        case setRefused = "set_refused"

        /// No line has what the command is about.
        case nothingToDo = "nothing_to_do"

        /// The station does not keep, or no longer keeps, the picture of that verdict.
        case unknownVerdict = "unknown_verdict"

        /// As many are kept as may be kept.
        case full

        /// The picture could not be had or could not be kept.
        case failed
    }

    package init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}
