/// What an outbox file holds.
package struct StoredMessages: Equatable, Sendable {
    package var count = 0

    /// Of their bodies.
    package var bytes = 0
    package var lastPosition: Int64 = 0
    package var streams: [String: OutboxStream] = [:]

    package init() {}
}
