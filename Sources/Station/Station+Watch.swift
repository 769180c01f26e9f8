internal import Health
internal import Logging
internal import Publishing
internal import Synchronization

extension Station {
    /// Looks at what every part did since the last look: feeds the service manager's watchdog if all goes on, gives up
    /// workers that hang, and ends the process when that no longer helps.
    package func look(feeding: Bool) {
        for line in roster.lines { line.watchFrames() }
        let report = ProgressReport(
            lines: roster.lines.map { $0.progress(unansweredSince: pool.unansweredSince($0.name)) },
            workers: pool.progress, publisher: publisherProgress)
        let verdict = watch.withLock { $0.judge.judge(report, at: .now) }
        switch verdict.turn {
        case .withheld:
            announcer.event(.watchdogWithheld, why: verdict.stuck.map(\.description).joined(separator: "; "))
        case .resumed: announcer.event(.watchdogResumed)
        case nil: break
        }
        for number in verdict.abandon { pool.abandon(number) }
        if verdict.mustExit {
            parts.logger.critical("More workers hang than may be replaced, the process ends")
            parts.exit(70)
        } else if feeding, verdict.isProgressing {
            tell(.watchdog)
        }
    }

    /// Has each line see whether its camera's driver hangs.
    package func lookAtSources() { for line in roster.lines { line.lookAtSource() } }

    /// The publisher moves while its queue is empty or the broker acknowledges.
    private var publisherProgress: PublisherProgress {
        guard announcer.isConnected else {
            watch.withLock { $0.publisherMoved = .now }
            return .degraded
        }
        let counters = announcer.counters
        return watch.withLock { watch in
            if counters.queued == 0 || counters.acknowledged != watch.acknowledged { watch.publisherMoved = .now }
            watch.acknowledged = counters.acknowledged
            return .active(last: watch.publisherMoved)
        }
    }

    /// Publishes the counters, tells of dropped messages, and has lines without a set tried again.
    func reportHealth() {
        announcer.health(healthMessage)
        lookAtCertificates()
        let dropped = announcer.counters.dropped
        switch watch.withLock({ $0.drops.look(at: dropped) }) {
        case .began(let count): announcer.event(.messagesDropped, why: "\(count) messages until now")
        case .ended(let count): announcer.event(.messagesDroppedOver, why: "\(count) messages in all")
        case nil: break
        }
        if roster.lines.contains(where: { $0.set == nil }) {
            _ = steward.enqueue { [self] in retryRefused() }
        }
    }
}
