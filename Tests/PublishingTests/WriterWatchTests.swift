import Publishing
import Testing

/// Another writer is noticed by what it says or does, and what an earlier run left behind is none.
struct WriterWatchTests {
    private let start = Timestamp(seconds: 1_772_368_201, nanoseconds: 0)
    private let now = ContinuousClock.now

    private func status(
        _ state: StationState = .online, boot: String = "other", after seconds: Int64 = 10
    ) -> StatusMessage {
        StatusMessage(
            station: "s", state: state, version: "1",
            lease: Lease(
                interval: .seconds(10), sequence: 1, boot: boot, at: start.advanced(by: .seconds(seconds))),
            lines: [])
    }

    private func watch(connections: Int = 1) -> WriterWatch {
        var watch = WriterWatch(boot: "own", startedAt: start)
        for _ in 0..<connections { watch.opened() }
        return watch
    }

    @Test func anothersLiveStatusIsToldOnce() {
        var watch = watch()
        let rival = SecondWriter.station(boot: "other")
        #expect(watch.heard(status(), isRetained: false, at: now) == .appeared(rival))
        #expect(watch.heard(status(), isRetained: false, at: now + .seconds(10)) == nil)
        #expect(watch.rival == rival)
    }

    @Test func ownWordsAreNone() {
        var watch = watch(connections: 2)
        #expect(watch.heard(status(boot: "own"), isRetained: false, at: now) == nil)
        #expect(watch.heard(status(boot: "own"), isRetained: true, at: now) == nil)
    }

    @Test func whatAnEarlierRunLeftIsNone() {
        var watch = watch()
        #expect(watch.heard(status(.online, after: -5), isRetained: true, at: now) == nil)
        #expect(watch.heard(status(.offline), isRetained: true, at: now) == nil)
        #expect(watch.heard(status(.offline), isRetained: false, at: now) == nil)
        watch.opened()
        // A broker that brought an old store back.
        #expect(watch.heard(status(.online, after: -5), isRetained: true, at: now) == nil)
        #expect(watch.rival == nil)
    }

    @Test func aYoungerStatusThatWaitsAtAReconnectIsAnothers() {
        var watch = watch(connections: 2)
        #expect(watch.heard(status(.offline), isRetained: true, at: now) != nil)
    }

    @Test func itIsOverAfterAWhileWithoutASign() {
        var watch = watch()
        #expect(watch.ended(by: .lost(reason: ""), at: now) == nil)
        #expect(watch.ended(by: .takenOver, at: now) == .appeared(.client))
        #expect(watch.ended(by: .contested, at: now + .seconds(60)) == nil)
        #expect(watch.look(at: now + WriterWatch.patience) == nil)
        #expect(watch.look(at: now + .seconds(61) + WriterWatch.patience) == .gone)
        #expect(watch.rival == nil)
        #expect(watch.look(at: now + .seconds(900)) == nil)
    }
}
