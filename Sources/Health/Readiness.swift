/// Whether the station is ready: every enabled line judges, is armed, or has said why it is neither.
package struct Readiness: Equatable, Sendable {
    /// The lines that are still starting, in the order given.
    package let waitingFor: [String]

    package init(_ lines: [LineProgress]) {
        waitingFor = lines.compactMap { line in
            if case .starting = line.state { line.name } else { nil }
        }
    }

    package var isReached: Bool { waitingFor.isEmpty }
}
