/// A message on its way into the outbox.
package struct OutboxArrival: Sendable {
    let stream: String
    let topic: String
    let head: MessageHead
    let body: [UInt8]
    let acceptedAt: Timestamp
    let since: ContinuousClock.Instant
    var connection: UInt64 = 0

    /// Told the message's number as soon as it may be known outside.
    let onNumber: (@Sendable (UInt64) -> Void)?

    package init(
        stream: String, topic: String, head: MessageHead, body: [UInt8], acceptedAt: Timestamp,
        since: ContinuousClock.Instant, onNumber: (@Sendable (UInt64) -> Void)? = nil
    ) {
        self.stream = stream
        self.topic = topic
        self.head = head
        self.body = body
        self.acceptedAt = acceptedAt
        self.since = since
        self.onNumber = onNumber
    }
}
