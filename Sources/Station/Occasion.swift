package import Capture
package import Publishing

/// What made a line look at a frame; each has a verdict of its own.
package struct Occasion: Sendable {
    package let trigger: Trigger

    /// The moment that the frame had to follow; nil where the frame itself is the reason.
    package let at: MonotonicTime?

    /// Identifies a command among those of its line.
    package let number: UInt64?
    package let order: TriggerOrder?

    package init(_ trigger: Trigger, at: MonotonicTime? = nil, number: UInt64? = nil, order: TriggerOrder? = nil) {
        self.trigger = trigger
        self.at = at
        self.number = number
        self.order = order
    }
}

/// What came with a command to judge a frame, and who waits for the verdict.
package struct TriggerOrder: Sendable {
    package let metadata: JSONText?

    /// Told the verdict as it was handed on; once, on any thread, without waiting.
    package let reply: @Sendable (VerdictMessage) -> Void

    package init(metadata: JSONText?, reply: @escaping @Sendable (VerdictMessage) -> Void) {
        self.metadata = metadata
        self.reply = reply
    }
}
