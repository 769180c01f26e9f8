/// What became of the verdicts and events of a publisher since its start.
package struct PublisherCounters: Equatable, Sendable {
    /// Taken into the queue.
    package var accepted: UInt64 = 0

    /// Acknowledged by the broker.
    package var acknowledged: UInt64 = 0

    /// Given up: the queue was full, or the broker refused them.
    package var dropped: UInt64 = 0

    /// Waiting now, those in flight included.
    package var queued: Int = 0
    package var queuedBytes: Int = 0

    /// How often a broker accepted the connection.
    package var connections: UInt64 = 0

    package init() {}
}
