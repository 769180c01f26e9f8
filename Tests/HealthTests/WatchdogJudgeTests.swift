internal import Health
internal import Testing

@Suite struct WatchdogJudgeTests {
    private static let start = SuspendingClock.now
    private var judge = WatchdogJudge(
        patience: .seconds(2), startLimit: .seconds(60), publisherLimit: .seconds(5))

    private func at(_ seconds: Double) -> SuspendingClock.Instant { Self.start + .seconds(seconds) }

    private func line(
        _ state: LineState, unanswered: Double? = nil, lastVerdict: Double? = nil, interval: Double = 0.1
    ) -> LineProgress {
        LineProgress(
            name: "a", state: state, unansweredSince: unanswered.map(at), lastVerdict: lastVerdict.map(at),
            deadline: .seconds(1), frameInterval: .seconds(interval))
    }

    private func worker(_ number: Int, since: Double? = nil) -> WorkerProgress {
        WorkerProgress(number: number, work: since.map { (since: at($0), deadline: .seconds(1)) })
    }

    private func report(
        _ lines: [LineProgress] = [], workers: [WorkerProgress] = [], publisher: PublisherProgress = .degraded
    ) -> ProgressReport {
        ProgressReport(lines: lines, workers: workers, publisher: publisher)
    }

    @Test mutating func aLineThatGivesVerdictsMakesProgress() {
        let verdict = judge.judge(
            report([line(.judging(since: at(0)), unanswered: 99.5, lastVerdict: 99)]), at: at(100))
        #expect(verdict.isProgressing)
        #expect(verdict.turn == nil)
    }

    @Test mutating func anIdleArmedLineMakesProgressForEver() {
        #expect(judge.judge(report([line(.armed)]), at: at(1_000_000)).isProgressing)
    }

    @Test mutating func aDeclaredFaultIsNotStuck() {
        #expect(judge.judge(report([line(.degraded(reason: "camera_lost"))]), at: at(1_000_000)).isProgressing)
    }

    @Test(arguments: [
        LineState.armed, .degraded(reason: "camera_lost"), .judging(since: start + .seconds(14)),
    ])
    mutating func aFrameTakenWithoutVerdictIsStuckInEveryState(_ state: LineState) {
        let line = line(state, unanswered: 10, lastVerdict: 10)
        #expect(judge.judge(report([line]), at: at(15)).isProgressing)
        let verdict = judge.judge(report([line]), at: at(15.1))
        #expect(verdict.stuck == [StuckPart(part: .line("a"), reason: .noVerdict, since: at(10))])
        #expect(verdict.turn == .withheld)
    }

    @Test mutating func aLineThatShouldJudgeAndIsSilentIsStuck() {
        let silent = line(.judging(since: at(0)), lastVerdict: 10)
        #expect(judge.judge(report([silent]), at: at(13.2)).isProgressing)
        let verdict = judge.judge(report([silent]), at: at(13.4))
        #expect(verdict.stuck == [StuckPart(part: .line("a"), reason: .silent, since: at(10))])
    }

    @Test mutating func aLineThatJustBeganOrHasFewFramesIsNotSilent() {
        #expect(judge.judge(report([line(.judging(since: at(100)), lastVerdict: 1)]), at: at(101)).isProgressing)
        let slow = line(.judging(since: at(0)), lastVerdict: 10, interval: 60)
        #expect(judge.judge(report([slow]), at: at(100)).isProgressing)
    }

    @Test mutating func aLineThatDoesNotComeToStartIsStuck() {
        #expect(judge.judge(report([line(.starting(since: at(0)))]), at: at(60)).isProgressing)
        let verdict = judge.judge(report([line(.starting(since: at(0)))]), at: at(61))
        #expect(verdict.stuck == [StuckPart(part: .line("a"), reason: .notStarted, since: at(0))])
    }

    @Test mutating func twoWorkersMayBeGivenUpAndTheThirdEndsTheProcess() {
        let idle = worker(0)
        #expect(judge.judge(report(workers: [idle, worker(1, since: 10)]), at: at(13)).abandon == [])
        let first = judge.judge(report(workers: [idle, worker(1, since: 10)]), at: at(13.1))
        #expect(first.abandon == [1])
        #expect(first.isProgressing)
        // Given up once, not again and again.
        #expect(judge.judge(report(workers: [idle, worker(1, since: 10)]), at: at(14)).abandon == [])
        let two = [worker(1, since: 10), worker(2, since: 20)]
        let second = judge.judge(report(workers: two), at: at(24))
        #expect(second.abandon == [2])
        #expect(!second.mustExit)
        let third = judge.judge(report(workers: two + [worker(3, since: 30)]), at: at(34))
        #expect(third.abandon == [])
        #expect(third.mustExit)
        #expect(third.stuck == [StuckPart(part: .worker(3), reason: .noVerdict, since: at(30))])
    }

    @Test mutating func threeWorkersThatHangAtOnceEndTheProcess() {
        let verdict = judge.judge(report(workers: (1...3).map { worker($0, since: 0) }), at: at(10))
        #expect(verdict.abandon == [1, 2])
        #expect(verdict.mustExit)
    }

    @Test mutating func aWorkerThatCameBackNoLongerCounts() {
        #expect(
            judge.judge(report(workers: [worker(1, since: 0), worker(2, since: 0)]), at: at(10)).abandon == [1, 2])
        #expect(judge.judge(report(workers: [worker(2, since: 0)]), at: at(11)).abandon == [])
        let verdict = judge.judge(report(workers: [worker(2, since: 0), worker(3, since: 5)]), at: at(12))
        #expect(verdict.abandon == [3])
        #expect(!verdict.mustExit)
    }

    @Test mutating func aPublisherThatStandsStillIsStuckUnlessItSaidSo() {
        #expect(judge.judge(report(publisher: .active(last: at(0))), at: at(5)).isProgressing)
        let verdict = judge.judge(report(publisher: .active(last: at(0))), at: at(5.1))
        #expect(verdict.stuck == [StuckPart(part: .publisher, reason: .silent, since: at(0))])
        #expect(judge.judge(report(publisher: .degraded), at: at(100)).isProgressing)
    }

    @Test mutating func aTurnIsToldOnce() {
        let stuck = report(publisher: .active(last: at(0)))
        #expect(judge.judge(stuck, at: at(6)).turn == .withheld)
        #expect(judge.judge(stuck, at: at(7)).turn == nil)
        #expect(judge.judge(report(), at: at(8)).turn == .resumed)
        #expect(judge.judge(report(), at: at(9)).turn == nil)
    }

    @Test func aStuckPartIsASentence() {
        let parts = [
            StuckPart(part: .line("a"), reason: .noVerdict, since: Self.start),
            StuckPart(part: .worker(2), reason: .noVerdict, since: Self.start),
            StuckPart(part: .publisher, reason: .silent, since: Self.start),
            StuckPart(part: .line("b"), reason: .notStarted, since: Self.start),
        ]
        #expect(
            parts.map(\.description) == [
                "line a took a frame and gave no verdict", "worker 2 took a frame and gave no verdict",
                "publisher is silent", "line b does not come to start",
            ])
    }

    @Test func readyIsWhenNoLineIsStillStarting() {
        #expect(Readiness([]).isReached)
        #expect(
            Readiness([line(.judging(since: Self.start)), line(.armed), line(.degraded(reason: "camera_lost"))])
                .isReached)
        let waiting = Readiness([line(.armed), line(.starting(since: Self.start))])
        #expect(!waiting.isReached)
        #expect(waiting.waitingFor == ["a"])
    }
}
