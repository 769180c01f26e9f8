internal import Health
internal import Logging
internal import Publishing
internal import Synchronization

extension Station {
    /// Stops the sources, lets the workers finish, sends what waits and says `offline`; within five seconds.
    ///
    /// - Returns: false when a worker or a camera's thread still hangs, so that only the end of the process ends it.
    package func stop() async -> Bool {
        guard
            inForce.withLock({ state in
                defer { state.isStopping = true }
                return !state.isStopping
            })
        else { return true }
        tell(.stopping)
        announcer.event(.stopping)
        let isClean: Bool
        do throws(StationError) {
            isClean = try await BlockingCall.run(name: "assay-stop") { [self] in
                control.withLock { $0.take() }?.stop()
                for thread in [fetcher, steward, switcher] { thread.close() }
                let haveEnded = stopSources(within: .seconds(1))
                for line in roster.lines { line.answerRest() }
                clerk.stop()
                return pool.stop(within: .milliseconds(1500)) && haveEnded
            }
        } catch {
            isClean = false
        }
        announcer.event(.stopped)
        if let publisher {
            let end = await publisher.stop(within: .seconds(2))
            if !end.isAcknowledged || end.counters.queued > 0 {
                parts.logger.warning(
                    "Messages left for the next start", metadata: ["queued": "\(end.counters.queued)"])
            }
        }
        if isClean { lock.withLock { $0 = nil } }
        return isClean
    }

    /// Whether a steward still measures a model, prepares a set or fetches one; after `stop` too.
    package var isAtWork: Bool { [fetcher, steward, switcher].contains { !$0.isIdle } }

    /// All at the same time: one camera that hangs takes no time from the others.
    private func stopSources(within limit: Duration) -> Bool {
        let lines = roster.lines
        for line in lines { line.requestStop() }
        let deadline = ContinuousClock.now + limit
        return lines.map { $0.stopSource(within: max(.zero, deadline - .now)) }.allSatisfy { $0 }
    }

    /// Whether every line's source has come to its end and everything said of it has arrived.
    package var isDone: Bool {
        let lines = roster.lines
        guard !lines.isEmpty, lines.allSatisfy(\.hasEnded) else { return false }
        return publisher.map { $0.counters.queued == 0 } ?? true
    }
}
