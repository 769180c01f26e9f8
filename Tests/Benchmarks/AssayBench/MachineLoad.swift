internal import Foundation

/// How much of the box other programs took while something was measured.
struct MachineLoad {
    private let busy = Self.busySeconds
    private let own = Self.ownSeconds
    private let start = ContinuousClock.now

    /// Cores that others kept busy since, on average.
    var others: Double {
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        return max(0, (Self.busySeconds - busy) - (Self.ownSeconds - own)) / max(elapsed, 0.001)
    }

    /// Of all cores since the start of the box: user, nice, system, interrupts and time stolen by the host.
    private static var busySeconds: Double {
        guard let file = FileHandle(forReadingAtPath: "/proc/stat"),
            let line = String(decoding: file.availableData, as: UTF8.self).split(separator: "\n").first
        else { return 0 }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        let idle = ticks.dropFirst(3).prefix(2).reduce(0, +)
        return (ticks.prefix(8).reduce(0, +) - idle) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static var ownSeconds: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
