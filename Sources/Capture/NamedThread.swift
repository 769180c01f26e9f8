internal import CLinux
internal import Glibc

/// A thread of its own for work that blocks or computes; the end of its life waits for it to end.
///
/// The name (15 bytes of it) is what `top -H` and crash reports show. Signals are left to other threads.
package struct NamedThread: ~Copyable, Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private let thread: pthread_t

    package init(name: String, running body: @escaping @Sendable () -> Void) throws(CaptureError) {
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
            throw .systemExhausted(what: "thread", Errno(failure))
        }
        self.thread = thread
    }

    /// Waits for the thread to end.
    package consuming func join() {}

    /// Leaves the thread to itself: nobody waits for it any more.
    package consuming func abandon() {
        pthread_detach(thread)
        discard self
    }

    deinit { _ = pthread_join(thread, nil) }
}
