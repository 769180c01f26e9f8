import Capture
import Publishing
import Station
import Synchronization
import Testing

/// The queue of triggers, with times that the test makes up.
@Suite struct TriggerQueueTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000)

    private func at(_ milliseconds: Int) -> MonotonicTime { start.advanced(by: .milliseconds(milliseconds)) }
    private func exposed(_ milliseconds: Int) -> Exposure { .began(notBefore: at(milliseconds)) }
    private func order(_ text: String = "a") -> TriggerOrder {
        TriggerOrder(metadata: JSONText(.object(["part": .text(text)])), reply: { _ in })
    }

    private func parts(_ occasions: [Occasion]) -> [String] {
        occasions.map { $0.order?.metadata.map { String(decoding: $0.bytes, as: UTF8.self) } ?? $0.trigger.rawValue }
    }

    /// The claim of a frame, or nil.
    private func claim(_ admission: TriggerQueue.Admission) -> UInt64? {
        if case .kept(let claim) = admission { claim } else { nil }
    }

    private func isSkipped(_ admission: TriggerQueue.Admission) -> Bool {
        if case .skipped = admission { true } else { false }
    }

    @Test func theFirstFrameExposedAfterTheCommandIsItsFrameAndNoneBefore() throws {
        var queue = TriggerQueue(.command, now: start)
        let accepted = queue.accept(order(), at: at(100), deadline: at(1000))
        #expect(accepted)
        let before = [queue.admit(exposed(50)), queue.admit(exposed(99))].map(isSkipped)
        #expect(before == [true, true])
        let kept = try #require(claim(queue.admit(exposed(100))))
        let after = isSkipped(queue.admit(exposed(150)))
        #expect(after)
        #expect(queue.wants(claim: kept, exposed(100), at: at(160)))
        let occasions = queue.take(claim: kept, exposed(100), at: at(160))
        #expect(occasions.map(\.trigger) == [.command] && occasions.first?.at == at(100))
        #expect(parts(occasions) == [#"{"part":"a"}"#])
    }

    @Test func theDelayMovesTheEarliestExposure() {
        var queue = TriggerQueue(.command, now: start)
        _ = queue.accept(order(), at: at(100), delay: .milliseconds(40), deadline: at(1000))
        let kept = [139, 140].map { claim(queue.admit(exposed($0))) != nil }
        #expect(kept == [false, true])
    }

    @Test func commandsBeforeOneExposureShareItsFrame() throws {
        var queue = TriggerQueue(.command, now: start)
        for (name, time) in [("a", 10), ("b", 20), ("c", 60)] {
            _ = queue.accept(order(name), at: at(time), deadline: at(1000))
        }
        let first = try #require(claim(queue.admit(exposed(50))))
        let firstParts = parts(queue.take(claim: first, exposed(50), at: at(55)))
        #expect(firstParts == [#"{"part":"a"}"#, #"{"part":"b"}"#])
        let second = try #require(claim(queue.admit(exposed(100))))
        let secondParts = parts(queue.take(claim: second, exposed(100), at: at(105)))
        #expect(secondParts == [#"{"part":"c"}"#])
    }

    @Test func aFrameThatFindsThePlaceTakenIsCrowdedOutAndNotPutOff() {
        var queue = TriggerQueue(.command, now: start)
        _ = queue.accept(order("a"), at: at(0), deadline: at(1000))
        _ = queue.admit(exposed(10))
        _ = queue.accept(order("b"), at: at(20), deadline: at(1000))
        var crowded: [String] = []
        if case .crowded(let occasions) = queue.admit(exposed(30)) { crowded = parts(occasions) }
        #expect(crowded == [#"{"part":"b"}"#])
        // It is answered now: the next frame is not its own.
        let next = isSkipped(queue.admit(exposed(40)))
        #expect(next)
    }

    @Test func oneCommandMoreThanTheCapacityIsRefused() {
        var queue = TriggerQueue(.command, now: start)
        let accepted = (0...TriggerQueue.capacity).map { _ in queue.accept(order(), at: at(0), deadline: at(1000)) }
        #expect(accepted.filter { $0 }.count == TriggerQueue.capacity && accepted.last == false)
    }

    @Test func aCommandIsSettledOnce() throws {
        var queue = TriggerQueue(.command, now: start)
        _ = queue.accept(order(), at: at(0), deadline: at(100))
        let kept = try #require(claim(queue.admit(exposed(10))))
        let number = try #require(queue.take(claim: kept, exposed(10), at: at(20)).first?.number)
        let late = queue.overdue(at: at(100))
        #expect(late.commands.map(\.stage) == [.taken])
        let isSettled = queue.settle(number)
        #expect(!isSettled, "the verdict came after the deadline's own answer")
    }

    @Test func theDeadlineTellsHowFarACommandCame() {
        var queue = TriggerQueue(.command, now: start)
        _ = queue.accept(order("a"), at: at(0), deadline: at(100))
        let claim = claim(queue.admit(exposed(10)))
        _ = queue.accept(order("b"), at: at(50), deadline: at(150))
        #expect(queue.nextDeadline == at(100))
        #expect(queue.overdue(at: at(99)).commands.isEmpty)
        let first = queue.overdue(at: at(100))
        #expect(first.commands.map(\.stage) == [.claimed] && first.vacantClaim == claim)
        let second = queue.overdue(at: at(150))
        #expect(second.commands.map(\.stage) == [.waiting] && second.vacantClaim == nil)
        #expect(queue.nextDeadline == nil)
    }

    @Test func aLostFrameGivesItsCommandsBack() {
        var queue = TriggerQueue(.command, now: start)
        _ = queue.accept(order("a"), at: at(0), deadline: at(1000))
        _ = queue.admit(exposed(10))
        _ = queue.accept(order("b"), at: at(20), deadline: at(1000))
        let lost = parts(queue.loseClaim())
        #expect(lost == [#"{"part":"a"}"#])
        let kept = claim(queue.admit(exposed(30)))
        #expect(kept != nil, "the other one still waits for its own frame")
    }

    @Test func aClosedLineAnswersAllAndTakesNoMore() {
        var queue = TriggerQueue(.command, now: start)
        for name in ["a", "b"] { _ = queue.accept(order(name), at: at(0), deadline: at(1000)) }
        let rest = parts(queue.close())
        #expect(rest == [#"{"part":"a"}"#, #"{"part":"b"}"#])
        let accepted = queue.accept(order(), at: at(1), deadline: at(1000))
        #expect(!accepted && queue.nextDeadline == nil)
    }

    @Test func aTickTakesTheFirstFrameExposedAfterItAndMissedOnesAreOneTick() throws {
        var queue = TriggerQueue(.timer(interval: .milliseconds(100)), now: start)
        var ticks: [(frame: Int, tick: MonotonicTime?)] = []
        for time in [-5, 30, 70, 95, 130, 480, 490, 500, 510] {
            guard let kept = claim(queue.admit(exposed(time))) else { continue }
            ticks.append((time, queue.take(claim: kept, exposed(time), at: at(time + 5)).first?.at))
        }
        #expect(ticks.map(\.frame) == [30, 130, 480, 500])
        #expect(ticks.map(\.tick) == [at(0), at(100), at(400), at(500)])
    }

    @Test func aTickWaitsForTheNextFrameWhileTheLastOneIsUntaken() {
        var queue = TriggerQueue(.timer(interval: .milliseconds(100)), now: start)
        let first = claim(queue.admit(exposed(10)))
        let crowded = isSkipped(queue.admit(exposed(110)))
        #expect(crowded)
        _ = queue.take(claim: first, exposed(10), at: at(120))
        let second = claim(queue.admit(exposed(130)))
        #expect(second != nil)
    }

    @Test func aFreeLineKeepsACommandsFrameAndGoesOnFree() throws {
        var queue = TriggerQueue(.freeRun, now: start)
        let free = queue.take(claim: nil, exposed(0), at: at(5)).map(\.trigger)
        _ = queue.accept(order(), at: at(10), deadline: at(1000))
        if case .newest = queue.admit(exposed(5)) {} else { Issue.record("a frame before it is a free one") }
        let kept = try #require(claim(queue.admit(exposed(15))))
        let commanded = queue.take(claim: kept, exposed(15), at: at(20)).map(\.trigger)
        #expect(free == [.freeRun] && commanded == [.command])
    }

    @Test func everyFrameOfATriggeredCameraIsATriggerOfItsOwn() throws {
        var queue = TriggerQueue(.camera, now: start)
        let kept = try #require(claim(queue.admit(exposed(0))))
        var crowded: [Trigger] = []
        if case .crowded(let occasions) = queue.admit(exposed(1)) { crowded = occasions.map(\.trigger) }
        let taken = queue.take(claim: kept, exposed(0), at: at(2)).map(\.trigger)
        #expect(taken == [.camera] && crowded == [.camera])
    }

    @Test func aPictureOnDemandWaitsUntilSomethingAsksForIt() {
        var queue = TriggerQueue(.command, now: start)
        if case .newest = queue.admit(.onDemand) {} else { Issue.record("it waits in the slot") }
        let isWantedEarly = queue.wants(claim: nil, .onDemand, at: at(10))
        _ = queue.accept(order(), at: at(20), deadline: at(1000))
        let isWanted = queue.wants(claim: nil, .onDemand, at: at(20))
        let occasions = queue.take(claim: nil, .onDemand, at: at(20)).map(\.trigger)
        let isWantedAgain = queue.wants(claim: nil, .onDemand, at: at(30))
        #expect([isWantedEarly, isWanted, isWantedAgain] == [false, true, false] && occasions == [.command])
    }

    @Test func aFrameLeftOverFromAnotherModeIsNotJudged() {
        var queue = TriggerQueue(.freeRun, now: start)
        _ = queue.admit(exposed(0))
        queue.change(to: .command, now: at(5))
        _ = queue.accept(order(), at: at(10), deadline: at(1000))
        #expect(!queue.wants(claim: nil, exposed(0), at: at(20)))
    }

    /// Every command is answered exactly once, by its own first frame or by its deadline, over random runs.
    @Test func randomRunsAnswerEveryCommandOnceAndNeverWithAnEarlierFrame() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SplitMix(state: seed)
        for _ in 0..<300 {
            var queue = TriggerQueue(
                [.command, .freeRun, .camera].randomElement(using: &generator) ?? .command, now: start)
            var accepted = 0
            var answered: [UInt64] = []
            var waiting: (claim: UInt64, exposure: Exposure)?
            var inHand: [[Occasion]] = []
            for time in 0..<120 {
                switch Int.random(in: 0..<6, using: &generator) {
                case 0:
                    let deadline = at(time + Int.random(in: 1..<30, using: &generator))
                    if queue.accept(order(), at: at(time), deadline: deadline) { accepted += 1 }
                case 1:
                    // Exposed some time ago.
                    let exposure = exposed(time - Int.random(in: 0..<5, using: &generator))
                    switch queue.admit(exposure) {
                    case .kept(let claim):
                        #expect(waiting == nil, "seed \(seed)")
                        waiting = (claim, exposure)
                    case .crowded(let occasions): inHand.append(occasions)
                    case .newest, .skipped: break
                    }
                case 2:
                    guard let frame = waiting else { break }
                    let occasions = queue.take(claim: frame.claim, frame.exposure, at: at(time))
                    #expect(occasions.allSatisfy { $0.at.map(frame.exposure.follows) ?? true }, "seed \(seed)")
                    inHand.append(occasions)
                    waiting = nil
                case 3:
                    guard !inHand.isEmpty else { break }
                    let numbers = inHand.removeFirst().compactMap(\.number)
                    answered += numbers.filter { queue.settle($0) }
                case 4:
                    let late = queue.overdue(at: at(time))
                    answered += late.commands.compactMap(\.occasion.number)
                    if let vacant = late.vacantClaim, waiting?.claim == vacant { waiting = nil }
                default: break
                }
            }
            for occasions in inHand { answered += occasions.compactMap(\.number).filter { queue.settle($0) } }
            answered += queue.overdue(at: at(100_000)).commands.compactMap(\.occasion.number)
            #expect(answered.count == accepted && Set(answered).count == accepted, "seed \(seed)")
        }
    }
}
