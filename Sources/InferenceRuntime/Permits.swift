internal import Glibc

/// A counting semaphore with a time limit that no change of the wall clock moves.
///
/// `@unchecked Sendable`: the pointers are constant, `count` is used under the mutex only.
@safe package final class Permits: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var count: Int

    package init(count: Int) {
        self.count = count
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// False when no permit came free within `limit`.
    package func take(waiting limit: Duration) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        var deadline = Self.moment(after: limit)
        while count == 0 {
            if unsafe pthread_cond_timedwait(condition, mutex, &deadline) != 0 { break }
        }
        guard count > 0 else { return false }
        count -= 1
        return true
    }

    package func give() {
        unsafe pthread_mutex_lock(mutex)
        count += 1
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(mutex)
    }

    private static func moment(after limit: Duration) -> timespec {
        var moment = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &moment)
        let (seconds, attoseconds) = max(limit, .zero).components
        let nanoseconds = moment.tv_nsec + Int(attoseconds / 1_000_000_000)
        moment.tv_sec += Int(min(seconds, 1_000_000_000)) + nanoseconds / 1_000_000_000
        moment.tv_nsec = nanoseconds % 1_000_000_000
        return moment
    }
}
