internal import Glibc

/// A counting semaphore with a time limit that no change of the wall clock moves; first come, first served.
///
/// `@unchecked Sendable`: the pointers are constant, the variables are used under the mutex only.
@safe package final class Permits: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var count: Int

    /// The tickets of those who wait, in the order of their coming.
    private var waiting: [UInt64] = []
    private var nextTicket: UInt64 = 0

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
        if count > 0, waiting.isEmpty {
            count -= 1
            return true
        }
        let ticket = nextTicket
        nextTicket += 1
        waiting.append(ticket)
        var deadline = Self.moment(after: limit)
        while count == 0 || waiting.first != ticket {
            if unsafe pthread_cond_timedwait(condition, mutex, &deadline) != 0 { break }
        }
        let isServed = count > 0 && waiting.first == ticket
        waiting.removeAll { $0 == ticket }
        if isServed { count -= 1 }
        // Whoever comes next in the row may have been woken before it was the first.
        if count > 0, !waiting.isEmpty { unsafe pthread_cond_broadcast(condition) }
        return isServed
    }

    /// How many stand in the row.
    package var waitingCount: Int {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return waiting.count
    }

    package func give() {
        unsafe pthread_mutex_lock(mutex)
        count += 1
        if !waiting.isEmpty { unsafe pthread_cond_broadcast(condition) }
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
