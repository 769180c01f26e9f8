import Glibc

/// Waiting for something outside the test's own threads.
enum Hook {
    static func wait() { usleep(5000) }

    /// Looks again and again until `condition` holds; false when `limit` passed first.
    static func waits(atMost limit: Duration, until condition: () throws -> Bool) rethrows -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if try condition() { return true }
            wait()
        }
        return try condition()
    }
}
