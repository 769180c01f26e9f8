internal import Foundation

/// Processor time in milliseconds, so that other programs on the machine do not count.
enum ProcessorTime {
    /// Of this thread.
    static var milliseconds: Double { of(CLOCK_THREAD_CPUTIME_ID) }

    /// Of all threads of the process.
    static var ofProcess: Double { of(CLOCK_PROCESS_CPUTIME_ID) }

    private static func of(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return 1e3 * Double(time.tv_sec) + 1e-6 * Double(time.tv_nsec)
    }
}
