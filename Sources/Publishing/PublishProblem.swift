/// Why a message could not be handed over.
package enum PublishProblem: Error, Equatable {
    /// It may be sent on the next connection.
    case notConnected

    /// It can never be sent.
    case unsendable(reason: String)
}
