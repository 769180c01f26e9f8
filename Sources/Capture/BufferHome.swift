internal import CLinux

/// Keeps an open device and its buffers for a stream and for every frame on loan, and lets go of them off the borrowers'
/// threads: unmapping and closing are calls to a driver that may hang.
final class BufferHome: Sendable {
    let queue: BufferQueue

    /// The camera's own thread.
    private let thread = assay_thread_id()

    /// Ends a loan, on whichever thread.
    func handBack(_ index: UInt32) { queue.handBack(index, isOwnThread: assay_thread_id() == thread) }

    init(of queue: BufferQueue) { self.queue = queue }

    deinit {
        guard assay_thread_id() != thread else { return }
        let queue = queue
        do throws(CaptureError) {
            try NamedThread(name: "camera-close") { _ = queue }.abandon()
        } catch {
            // Without a thread to be had, the borrower closes the device itself after all.
        }
    }
}
