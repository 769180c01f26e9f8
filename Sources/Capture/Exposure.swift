/// When a frame's exposure began, as far as it can be told.
package enum Exposure: Equatable, Sendable {
    /// Then or later, never earlier.
    case began(notBefore: MonotonicTime)

    /// A picture that waits for whoever asks for one: it follows every trigger, however late.
    case onDemand

    /// Whether the exposure surely began at `moment` or later.
    package func follows(_ moment: MonotonicTime) -> Bool {
        switch self {
        case .began(let earliest): earliest >= moment
        case .onDemand: true
        }
    }
}
