internal import CLinux
internal import Glibc

/// A bell that a thread can hear while it waits for a device: rings are kept, and each lets one wait through.
final class WakeEvent: Sendable {
    private let event: EventDescriptor

    /// `eventfd(2)`.
    init() throws(CaptureError) {
        event = try EventDescriptor()
    }

    /// Never blocks.
    func ring() {
        var one: UInt64 = 1
        // A full counter (2^64 rings nobody heard) is the one failure, and then there is nothing to add.
        _ = unsafe write(event.number, &one, 8)
    }

    /// Waits until it rings; false when `timeout` passed first. Nil waits for ever, zero only looks.
    func wait(timeout: Duration?) -> Bool {
        let deadline = timeout.map { MonotonicTime.now.advanced(by: $0) }
        while true {
            var count: UInt64 = 0
            if unsafe read(event.number, &count, 8) == 8 { return true }
            let remaining = deadline.map(Self.milliseconds) ?? -1
            if remaining == 0 { return false }
            var request = pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, remaining)
        }
    }

    /// Readable while a ring is kept, for `poll(2)`.
    var descriptor: Int32 { event.number }

    /// From now, rounded up, so that a wait never ends early; at least 0, at most some days.
    static func milliseconds(until moment: MonotonicTime) -> Int32 {
        let remaining = moment.nanoseconds(since: .now)
        return remaining <= 0 ? 0 : Int32(min((remaining - 1) / 1_000_000 + 1, 1_000_000_000))
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
