internal import CLinux
internal import Glibc

/// Starts threads that nobody waits for by handle: one that hangs for ever must not hold up the end of the process.
enum LoneThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// - Parameter name: at most 15 bytes are kept.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(StationError) {
        // unsafe: retained here, released once: by the thread, or below when there is none
        let context = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let failure = unsafe assay_thread_start(
            &thread, name,
            { context in
                if let context = unsafe context {
                    unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            }, context.toOpaque())
        guard failure == 0 else {
            unsafe context.release()
            throw .systemExhausted(what: "thread", reason: SystemReason.text(of: failure))
        }
        pthread_detach(thread)
    }
}
