/// A verdict or an event that has its number and waits for the broker.
package struct OutboxItem: Equatable, Sendable {
    /// The order in which messages go out; of one outbox, never used twice.
    package var position: Int64

    /// The line of a verdict, or the reserved word `event`.
    package let stream: String
    package let sequence: UInt64
    package let topic: String
    package let head: MessageHead

    /// The members after the head, a JSON object.
    package let body: [UInt8]

    /// When it was made; decides when it is too old.
    package let acceptedAt: Timestamp

    /// Nil until it is decided how the message goes out; may change until it has gone, never after.
    package var delivery: Delivery?

    package init(
        position: Int64, stream: String, sequence: UInt64, topic: String, head: MessageHead, body: [UInt8],
        acceptedAt: Timestamp, delivery: Delivery? = nil
    ) {
        self.position = position
        self.stream = stream
        self.sequence = sequence
        self.topic = topic
        self.head = head
        self.body = body
        self.acceptedAt = acceptedAt
        self.delivery = delivery
    }
}
