import Capture
import Synchronization
import Testing

struct LatestFrameTests {
    @Test func anEmptySlotGivesNothing() {
        let slot = LatestFrame()
        let isNothing = slot.take() == nil
        #expect(isNothing)
        #expect(slot.isEmpty)
    }

    @Test func theNewestFrameWinsAndCarriesWhatItOverwrote() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        slot.offer(try driver.frame(sequence: 0))
        slot.offer(try driver.frame(sequence: 3, lostBefore: 2))
        slot.offer(try driver.frame(sequence: 5, lostBefore: 1))
        #expect(driver.returnedCount == 2)
        do {
            guard let frame = slot.take() else {
                Issue.record("the slot was empty")
                return
            }
            let (sequence, skipped, lost) = (frame.sequence, frame.skippedBefore, frame.lostBefore)
            #expect(sequence == 5)
            #expect(skipped == 2)
            #expect(lost == 3)
        }
        #expect(driver.returnedCount == 3)
        #expect(slot.offeredCount == 3)
        #expect(slot.skippedCount == 2)
    }

    @Test func aFrameNobodyTookGoesBackToTheDriver() throws {
        let driver = LendingMemory(Array(0..<64))
        do {
            let slot = LatestFrame()
            slot.offer(try driver.frame(sequence: 0))
            slot.clear()
            #expect(driver.returnedCount == 1)
            #expect(slot.skippedCount == 1)
            slot.offer(try driver.frame(sequence: 1))
        }
        #expect(driver.returnedCount == 2)
    }

    private func facts(
        _ frame: consuming Frame?
    ) -> (sequence: UInt32?, claim: UInt64?, skipped: Int?, lost: Int?) {
        guard let frame else { return (nil, nil, nil, nil) }
        return (frame.sequence, frame.claim, frame.skippedBefore, frame.lostBefore)
    }

    @Test func aKeptFrameStaysUntilItIsTakenAndTheNextOneTellsWhatItMissed() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        slot.admit { frame in frame.sequence == 1 ? .kept(claim: 7) : .newest }
        for sequence in 0..<4 as Range<UInt32> { slot.offer(try driver.frame(sequence: sequence, lostBefore: 1)) }
        #expect(slot.waiting?.claim == 7)
        let kept = facts(slot.take())
        #expect(kept.sequence == 1 && kept.claim == 7 && kept.skipped == 1)
        slot.offer(try driver.frame(sequence: 4))
        let next = facts(slot.take())
        #expect(next.skipped == 2 && next.lost == 2)
        #expect(slot.offeredCount == 5 && slot.skippedCount == 3)
    }

    @Test func aFrameNobodyWantsGoesBackAtOnceAndIsNoLossOfTheNext() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        slot.admit { frame in frame.sequence < 3 ? .skipped : .newest }
        for sequence in 0..<4 as Range<UInt32> { slot.offer(try driver.frame(sequence: sequence, lostBefore: 1)) }
        #expect(driver.returnedCount == 3 && slot.skippedCount == 3)
        let frame = facts(slot.take())
        #expect(frame.lost == 1 && frame.skipped == 0)
    }

    @Test func onlyTheClaimThatIsMeantIsCleared() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        slot.admit { frame in .kept(claim: UInt64(frame.sequence)) }
        slot.offer(try driver.frame(sequence: 8))
        slot.clear(claim: 7)
        #expect(!slot.isEmpty)
        slot.clear(claim: 8)
        #expect(slot.isEmpty && driver.returnedCount == 1)
    }

    @Test func aSourceWhoseLeaseHasEndedReachesTheSlotNoMore() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        let old = slot.lease()
        slot.offer(try driver.frame(sequence: 0), of: old)
        #expect(slot.offeredCount == 1)
        let new = slot.lease()
        slot.offer(try driver.frame(sequence: 7), of: new)
        slot.offer(try driver.frame(sequence: 1), of: old)
        slot.clear(old)
        #expect(driver.returnedCount == 2)
        #expect(slot.offeredCount == 2)
        do {
            let sequence = slot.take()?.sequence
            #expect(sequence == 7)
        }
        slot.end(old)
        #expect(slot.isInForce(new))
        slot.end(new)
        slot.offer(try driver.frame(sequence: 8), of: new)
        #expect(slot.isEmpty)
    }

    @Test func everyFrameIsEitherTakenOrSkippedUnderManyThreads() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        let doorbell = try Doorbell()
        let isOver = Atomic(false)
        let tally = Mutex((taken: 0, skipped: 0))
        let frameCount = 20_000

        let work: @Sendable () -> Void = {
            while true {
                let isLast = isOver.load(ordering: .acquiring)
                guard let frame = slot.take() else {
                    if isLast { return }
                    _ = doorbell.wait(timeout: .milliseconds(20))
                    continue
                }
                let skipped = frame.skippedBefore
                tally.withLock {
                    $0.taken += 1
                    $0.skipped += skipped
                }
            }
        }
        let first = try NamedThread(name: "taker 1", running: work)
        let second = try NamedThread(name: "taker 2", running: work)
        for number in 0..<frameCount {
            slot.offer(try driver.frame(sequence: UInt32(number)))
            doorbell.ring()
        }
        isOver.store(true, ordering: .releasing)
        first.join()
        second.join()

        let (taken, skipped) = tally.withLock { $0 }
        #expect(taken + skipped == frameCount)
        #expect(slot.skippedCount == UInt64(skipped))
        #expect(slot.offeredCount == UInt64(frameCount))
        #expect(driver.returnedCount == frameCount)
    }
}
