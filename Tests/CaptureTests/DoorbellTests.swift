import Capture
import Synchronization
import Testing

struct DoorbellTests {
    @Test func aRingNobodyWaitedForIsKept() throws {
        let doorbell = try Doorbell()
        doorbell.ring()
        doorbell.ring()
        #expect(doorbell.wait(timeout: .zero))
        #expect(doorbell.wait(timeout: nil))
        #expect(!doorbell.wait(timeout: .zero))
    }

    @Test func aWaitEndsNoEarlierThanItsTime() throws {
        let doorbell = try Doorbell()
        let begun = MonotonicTime.now
        #expect(!doorbell.wait(timeout: .microseconds(20_500)))
        #expect(MonotonicTime.now.since(begun) >= .microseconds(20_500))
    }

    @Test func eachRingWakesOneThread() throws {
        let doorbell = try Doorbell()
        let wokenCount = Atomic(0)
        let work: @Sendable () -> Void = {
            if doorbell.wait(timeout: .seconds(20)) { wokenCount.add(1, ordering: .relaxed) }
        }
        let first = try NamedThread(name: "waiter 1", running: work)
        let second = try NamedThread(name: "waiter 2", running: work)
        let third = try NamedThread(name: "waiter 3", running: work)
        for _ in 0..<3 { doorbell.ring() }
        first.join()
        second.join()
        third.join()
        #expect(wokenCount.load(ordering: .relaxed) == 3)
        #expect(!doorbell.wait(timeout: .zero))
    }
}
