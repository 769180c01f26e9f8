internal import CLinux
internal import Glibc

/// A bell that ends the network thread's wait (an eventfd).
struct Wakeup: ~Copyable, Sendable {
    private let descriptor: Int32

    /// - Throws: `refused` when the process has no descriptor left.
    init() throws(PublishingError) {
        let descriptor = assay_event_create()
        guard descriptor >= 0 else { throw .refused(call: "eventfd", reason: SystemError.last) }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Rings; from any thread, never blocking.
    borrowing func ring() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }

    /// Waits for the bell, or until the time is over.
    borrowing func wait(atMost limit: Duration) { _ = wait(socket: -1, forWriting: false, timeout: limit) }

    /// Takes back every ring so far.
    private borrowing func silence() {
        var count: UInt64 = 0
        while unsafe read(descriptor, &count, 8) == 8 {}
    }

    /// What a wait ended with; several may hold at once.
    struct Readiness {
        var isReadable = false
        var isWritable = false
    }

    /// Waits for the bell, for the socket, or until the time is over.
    ///
    /// - Parameter socket: looked at only when it is a descriptor (0 or more).
    borrowing func wait(socket: Int32, forWriting: Bool, timeout: Duration) -> Readiness {
        var descriptors = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if socket >= 0 {
            let events = Int16(POLLIN) | (forWriting ? Int16(POLLOUT) : 0)
            descriptors.append(pollfd(fd: socket, events: events, revents: 0))
        }
        let milliseconds = Int32(min(max(0, timeout.milliseconds.rounded(.up)), 3_600_000))
        let found = unsafe descriptors.withUnsafeMutableBufferPointer {
            unsafe poll($0.baseAddress, nfds_t($0.count), milliseconds)
        }
        guard found > 0 else { return Readiness() }
        if descriptors[0].revents != 0 { silence() }
        guard descriptors.count > 1 else { return Readiness() }
        let events = Int32(descriptors[1].revents)
        return Readiness(
            isReadable: events & (POLLIN | POLLHUP | POLLERR) != 0, isWritable: events & POLLOUT != 0)
    }
}
