internal import CLinux

/// Wakes one waiting thread a ring; rings nobody waits for are kept.
///
/// Workers that serve several lines share one: after a ring each looks into its lines' slots. A ring may find the
/// slot empty (another took the frame, or a newer one overwrote it), so waiting and looking go in a loop.
///
/// A semaphore: where nobody waits, neither a ring nor a wait calls into the kernel.
@safe package final class Doorbell: Sendable {
    // unsafe: valid as long as its owner, whom every caller holds; any thread may use it
    private nonisolated(unsafe) let semaphore: OpaquePointer

    package init() throws(CaptureError) {
        guard let semaphore = unsafe assay_semaphore_create() else {
            throw .systemExhausted(what: "semaphore", .last)
        }
        unsafe self.semaphore = unsafe semaphore
    }

    deinit { unsafe assay_semaphore_destroy(semaphore) }

    /// Never blocks.
    package func ring() { unsafe assay_semaphore_post(semaphore) }

    /// Waits until it rings; false when `timeout` passed first. Nil waits for ever, zero only looks.
    package func wait(timeout: Duration?) -> Bool {
        let deadline: Int64 =
            switch timeout {
            case .some(let timeout) where timeout > .zero: MonotonicTime.now.advanced(by: timeout).nanoseconds
            case .some: 0
            case .none: .max
            }
        return unsafe assay_semaphore_wait(semaphore, deadline) != 0
    }
}
