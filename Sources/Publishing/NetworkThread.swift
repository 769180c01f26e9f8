internal import CLinux
internal import Glibc

/// A named thread of the system's own, apart from the task pool.
enum NetworkThread {
    private final class Work {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts `body` on a thread that nobody joins and no signal disturbs (the C library writes to broken sockets); the thread keeps what `body` holds alive until it returns.
    ///
    /// - Parameter name: at most 15 bytes are shown.
    /// - Throws: `refused` when the process may not have another thread.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(PublishingError) {
        // unsafe: the retain is balanced by the thread's first line, or below when there is no thread
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let problem = unsafe assay_thread_start(&thread, name, run, work.toOpaque())
        guard problem == 0 else {
            unsafe work.release()
            throw .refused(call: "pthread_create", reason: SystemError.text(of: problem))
        }
        pthread_detach(thread)
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context = unsafe context else { return nil }
        let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        work.body()
        return nil
    }
}
