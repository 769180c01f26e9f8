internal import Glibc
internal import Health
internal import Testing

/// Against a socket of the test's own. The environment belongs to the whole process, so these run one by one.
@Suite(.serialized) struct ServiceNotifierTests {
    private let notifier = ServiceNotifier()

    init() {
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsafe unsetenv(name) }
    }

    @Test func withoutAManagerNothingIsSentAndNothingFails() throws {
        #expect(try notifier.notify(.ready) == false)
        #expect(try notifier.watchdogTimeout() == nil)
    }

    @Test(arguments: ["@assay-notify-\(getpid())", "/tmp/assay-notify-\(getpid())"])
    func statesReachTheManager(_ name: String) throws {
        let socket = try NotifySocket(name)
        #expect(try notifier.notify(.ready, .status("2 lines judge")))
        #expect(socket.message() == ["READY=1", "STATUS=2 lines judge"])
        #expect(try notifier.notify(.watchdog))
        #expect(socket.message() == ["WATCHDOG=1"])
        #expect(try notifier.notify(.watchdogTrigger))
        #expect(socket.message() == ["WATCHDOG=trigger"])
        #expect(try notifier.notify(.stopping, .extendTimeout(.milliseconds(2500))))
        #expect(socket.message() == ["STOPPING=1", "EXTEND_TIMEOUT_USEC=2500000"])
        #expect(socket.message() == nil)
    }

    @Test func aReloadCarriesTheMonotonicTime() throws {
        let socket = try NotifySocket("@assay-notify-reload-\(getpid())")
        let before = monotonicMicroseconds()
        try notifier.notify(.reloading)
        let after = monotonicMicroseconds()
        let message = try #require(socket.message())
        #expect(message.count == 2)
        #expect(message.first == "RELOADING=1")
        let time = try #require(message.last?.split(separator: "=").last.flatMap { Int64($0) })
        #expect(message.last?.hasPrefix("MONOTONIC_USEC=") == true)
        #expect((before...after).contains(time))
    }

    @Test func aStatusCannotSmuggleAnotherState() throws {
        let socket = try NotifySocket("@assay-notify-status-\(getpid())")
        try notifier.notify(.status("line a\nWATCHDOG=trigger\r\nREADY=1"))
        #expect(socket.message() == ["STATUS=line a WATCHDOG=trigger READY=1"])
    }

    @Test func aSocketThatIsGoneIsToldOf() throws {
        unsafe setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1)
        defer { unsafe unsetenv("NOTIFY_SOCKET") }
        #expect(throws: HealthError.notifyRefused(code: ENOENT)) { try notifier.notify(.ready) }
        #expect(HealthError.notifyRefused(code: ENOENT).description.contains("NOTIFY_SOCKET"))
    }

    @Test func theWatchdogTimeoutIsReadFromTheEnvironment() throws {
        unsafe setenv("WATCHDOG_USEC", "10000000", 1)
        #expect(try notifier.watchdogTimeout() == .seconds(10))
        unsafe setenv("WATCHDOG_PID", "\(getpid())", 1)
        #expect(try notifier.watchdogTimeout() == .seconds(10))
        unsafe setenv("WATCHDOG_PID", "1", 1)
        #expect(try notifier.watchdogTimeout() == nil)
        unsafe unsetenv("WATCHDOG_PID")
        unsafe setenv("WATCHDOG_USEC", "soon", 1)
        #expect(throws: HealthError.watchdogUnreadable(code: EINVAL)) { try notifier.watchdogTimeout() }
        unsafe unsetenv("WATCHDOG_USEC")
    }

    private func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
