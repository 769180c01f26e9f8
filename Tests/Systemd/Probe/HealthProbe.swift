internal import Glibc
internal import Health
internal import Logging

/// A service with nothing in it but what `Health` gives, to be run by a real systemd.
///
/// Its one worker "works" until the file `hang` appears in the run-time folder; SIGHUP reloads, SIGTERM ends it.
@main
enum HealthProbe {
    static func main() throws {
        let threshold = LogThreshold(.debug)
        let logger = Logger(label: "health-probe") { _ in
            ServiceLogHandler(identifier: "health-probe", threshold: threshold)
        }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGHUP, SIGTERM] { unsafe sigaddset(&signals, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)

        let notifier = ServiceNotifier()
        let timeout = try notifier.watchdogTimeout() ?? .seconds(10)
        let folder = unsafe getenv("RUNTIME_DIRECTORY").map { unsafe String(cString: $0) } ?? "."
        logger.event(.started, ["watchdog": "\(timeout)", "lines": "two\nlines"])
        try notifier.notify(.ready, .status("probing"))

        var judge = WatchdogJudge(patience: .milliseconds(200))
        let start = SuspendingClock.now
        var lastVerdict = start
        while true {
            switch wait(for: signals, milliseconds: 100) {
            case SIGHUP:
                try notifier.notify(.reloading)
                logger.event(.reloadDone)
                try notifier.notify(.ready, .status("reloaded"))
            case SIGTERM:
                try notifier.notify(.stopping, .status("stopping"))
                logger.event(.stopping)
                logger.event(.stopped)
                return
            default: break
            }
            let now = SuspendingClock.now
            if unsafe access("\(folder)/hang", F_OK) != 0 { lastVerdict = now }
            let line = LineProgress(
                name: "probe", state: .judging(since: start), unansweredSince: nil, lastVerdict: lastVerdict,
                deadline: .milliseconds(200), frameInterval: .milliseconds(100))
            let verdict = judge.judge(ProgressReport(lines: [line], workers: [], publisher: .degraded), at: now)
            if verdict.turn == .withheld {
                let what = verdict.stuck.map(\.description).joined(separator: ", ")
                logger.event(.watchdogWithheld, line: "probe", ["stuck": "\(what)"])
            }
            if verdict.isProgressing { try notifier.notify(.watchdog) }
        }
    }

    private static func wait(for signals: sigset_t, milliseconds: Int) -> Int32 {
        var signals = signals
        var limit = timespec(tv_sec: 0, tv_nsec: milliseconds * 1_000_000)
        return unsafe sigtimedwait(&signals, nil, &limit)
    }
}
