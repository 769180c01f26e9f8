/// Commands between the network thread and whoever obeys them: a bounded queue; one more is turned away.
package struct CommandInbox: Sendable {
    package static let capacity = 32
    private var waiting: [ReceivedCommand] = []

    package init() {}

    package var count: Int { waiting.count }

    /// - Returns: false when too many wait.
    package mutating func put(_ command: ReceivedCommand) -> Bool {
        guard waiting.count < Self.capacity else { return false }
        waiting.append(command)
        return true
    }

    /// The oldest one.
    package mutating func take() -> ReceivedCommand? { waiting.isEmpty ? nil : waiting.removeFirst() }
}
