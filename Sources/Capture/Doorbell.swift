internal import CLinux
internal import Glibc

/// Wakes one waiting thread a ring; rings nobody waits for are kept.
///
/// Workers that serve several lines share one: after a ring each looks into its lines' slots. A ring may find the
/// slot empty (another took the frame, or a newer one overwrote it), so waiting and looking go in a loop.
package final class Doorbell: Sendable {
    private let event: EventDescriptor

    /// `eventfd(2)`.
    package init() throws(CaptureError) {
        event = try EventDescriptor()
    }

    /// Never blocks.
    package func ring() {
        var one: UInt64 = 1
        // A full counter (2^64 rings nobody heard) is the one failure, and then there is nothing to add.
        _ = unsafe write(event.number, &one, 8)
    }

    /// Waits until it rings; false when `timeout` passed first. Nil waits for ever, zero only looks.
    package func wait(timeout: Duration?) -> Bool {
        let deadline = timeout.map { MonotonicTime.now.advanced(by: $0) }
        while true {
            let remaining = deadline.map { $0.since(.now) }
            // Who waits seldom finds a ring at once: waiting first saves a look.
            if remaining.map({ $0 > .zero }) ?? true {
                var request = pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)
                _ = unsafe poll(&request, 1, remaining.map(Self.milliseconds) ?? -1)
            }
            var count: UInt64 = 0
            if unsafe read(event.number, &count, 8) == 8 { return true }
            if let remaining, remaining <= .zero { return false }
        }
    }

    /// Readable while a ring is kept, for `poll(2)`.
    var descriptor: Int32 { event.number }

    /// Rounded up, so that a wait never ends early; at least 0, at most some days.
    static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    private struct EventDescriptor: ~Copyable, Sendable {
        let number: Int32

        init() throws(CaptureError) {
            let number = assay_event_create()
            guard number >= 0 else { throw .systemExhausted(what: "wake-up event", .last) }
            self.number = number
        }

        deinit { _ = close(number) }
    }
}
