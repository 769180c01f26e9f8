/// Decides whether the station makes progress, so that the watchdog is fed by work and not by a timer.
///
/// Stuck is: a frame taken and no verdict by its deadline, a line that should judge and is silent, a line that does not
/// come to start, a publisher whose loop stands still. Idle is not stuck, and neither is a fault that was declared.
package struct WatchdogJudge: Sendable {
    /// Workers that may be given up before only a new process helps.
    package static let abandonedLimit = 2

    /// Added to every deadline, since a loaded box may be late without being stuck.
    private let patience: Duration
    private let startLimit: Duration
    private let publisherLimit: Duration
    private var abandoned: Set<Int> = []
    private var wasProgressing = true

    package init(
        patience: Duration = .seconds(2), startLimit: Duration = .seconds(60), publisherLimit: Duration = .seconds(5)
    ) {
        self.patience = patience
        self.startLimit = startLimit
        self.publisherLimit = publisherLimit
    }

    /// Judges what the parts did until `now`; to be asked a few times within the watchdog's timeout.
    package mutating func judge(_ report: ProgressReport, at now: SuspendingClock.Instant) -> WatchdogVerdict {
        let late = report.workers.filter { worker in
            worker.work.map { now - $0.since > $0.deadline + patience } ?? false
        }
        // A worker that came back after all, or has ended, no longer counts.
        abandoned.formIntersection(late.map(\.number))
        let newlyLate = late.map(\.number).filter { !abandoned.contains($0) }.sorted()
        let given = newlyLate.prefix(max(0, Self.abandonedLimit - abandoned.count))
        abandoned.formUnion(given)

        var stuck = report.lines.compactMap { self.stuck($0, at: now) }
        stuck += late.filter { !abandoned.contains($0.number) }.compactMap { worker in
            worker.work.map { StuckPart(part: .worker(worker.number), reason: .noVerdict, since: $0.since) }
        }
        if case .active(let last) = report.publisher, now - last > publisherLimit {
            stuck.append(StuckPart(part: .publisher, reason: .silent, since: last))
        }
        let isProgressing = stuck.isEmpty
        defer { wasProgressing = isProgressing }
        return WatchdogVerdict(
            stuck: stuck, abandon: Array(given), mustExit: newlyLate.count > given.count,
            turn: isProgressing == wasProgressing ? nil : isProgressing ? .resumed : .withheld)
    }

    private func stuck(_ line: LineProgress, at now: SuspendingClock.Instant) -> StuckPart? {
        // Twice the patience: first the worker that holds the frame is given up, and that answers the frame.
        if let since = line.unansweredSince, now - since > line.deadline + patience * 2 {
            return StuckPart(part: .line(line.name), reason: .noVerdict, since: since)
        }
        switch line.state {
        case .armed, .degraded: return nil
        case .starting(let since):
            return now - since > startLimit ? StuckPart(part: .line(line.name), reason: .notStarted, since: since) : nil
        case .judging(let since):
            let last = max(since, line.lastVerdict ?? since)
            let limit = line.frameInterval * 3 + line.deadline + patience
            return now - last > limit ? StuckPart(part: .line(line.name), reason: .silent, since: last) : nil
        }
    }
}
