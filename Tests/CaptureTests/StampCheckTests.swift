import Capture
import Testing

@Suite struct StampCheckTests {
    private func moment(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: 1_000_000_000_000 + Int64(milliseconds) * 1_000_000)
    }

    /// A camera of ten frames a second, each fetched 20 ms after its stamp; `stamp` may say another time.
    private func run(
        _ count: Int, stamp: (Int) -> MonotonicTime?
    ) -> [(time: MonotonicTime, fault: StampCheck.Fault?)] {
        var check = StampCheck(rate: 10, start: moment(-50))
        return (0..<count).map { frame in
            let answer = check.time(of: stamp(frame), arrival: moment(frame * 100 + 20))
            check.queueWasEmpty(at: moment(frame * 100 + 20))
            return answer
        }
    }

    @Test func aSoundStampIsTheMomentOfTheFrame() {
        let answers = run(20) { moment($0 * 100) }
        #expect(answers.map(\.time) == (0..<20).map { moment($0 * 100) })
        #expect(answers.allSatisfy { $0.fault == nil })
    }

    @Test func aStampOfAnotherClockGivesWayToTheArrival() {
        let answers = run(5) { _ in nil }
        #expect(answers.map(\.time) == (0..<5).map { moment($0 * 100 + 20) })
        #expect(answers.allSatisfy { $0.fault == .otherClock })
    }

    @Test func aStampInTheFutureGivesWayToTheArrival() {
        let answers = run(5) { moment($0 * 100 + 3_600_000) }
        #expect(answers.map(\.time) == (0..<5).map { moment($0 * 100 + 20) })
        #expect(answers.allSatisfy { $0.fault == .ahead })
    }

    @Test(arguments: [28, 110]) func aStampOfAnEndThatIsYetToComeCountsAsItsArrival(delay: Int) {
        let answers = run(5) { moment($0 * 100 + delay) }
        #expect(answers.map(\.time) == (0..<5).map { moment($0 * 100 + 20) })
        #expect(answers.allSatisfy { $0.fault == nil })
    }

    @Test func stampsThatWrapAreNotBelievedUntilTheyFitAgain() {
        let answers = run(12) { frame in
            frame < 4 || frame >= 8 ? moment(frame * 100) : MonotonicTime(nanoseconds: Int64(frame) * 100_000_000)
        }
        #expect(answers.map(\.fault) == [nil, nil, nil, nil, .old, .old, .old, .old, nil, nil, nil, nil])
        #expect(answers[4].time == moment(420) && answers[8].time == moment(800))
    }

    @Test func aStampThatGoesBackIsNotBelieved() {
        let answers = run(10) { moment($0 * 100 - ($0 == 5 ? 300 : 0)) }
        #expect(answers.map(\.fault) == (0..<10).map { $0 == 5 ? .backwards : nil })
        #expect(answers[5].time == moment(520))
        let same = run(3) { _ in moment(0) }
        #expect(same.map(\.fault) == [nil, .backwards, .backwards])
    }

    @Test func timesNeverGoBackWhateverTheStamps() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<50 {
            let answers = run(100) { frame in
                Bool.random(using: &generator)
                    ? moment(frame * 100 + Int.random(in: -5000...5000, using: &generator)) : moment(frame * 100)
            }
            for (before, after) in zip(answers, answers.dropFirst()) { #expect(before.time <= after.time) }
            for (frame, answer) in answers.enumerated() {
                #expect(answer.time <= moment(frame * 100 + 20) && answer.time >= moment(frame * 100 - 2200))
            }
        }
    }

    @Test func aFrameThatLayInTheQueueWhileNobodyLookedKeepsItsAge() {
        var check = StampCheck(rate: 10, start: moment(0))
        check.queueWasEmpty(at: moment(100))
        let answer = check.time(of: moment(200), arrival: moment(60_000))
        #expect(answer.time == moment(200) && answer.fault == nil)
    }

    @Test func aSlowCameraMayTakeItsTime() {
        var check = StampCheck(rate: 0.1, start: moment(0))
        check.queueWasEmpty(at: moment(30_000))
        #expect(check.time(of: moment(20_000), arrival: moment(30_100)).fault == nil)
    }
}

private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
    }
}
