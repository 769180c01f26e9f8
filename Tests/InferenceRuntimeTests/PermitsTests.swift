import Foundation
import InferenceRuntime
import Synchronization
import Testing

@Suite struct PermitsTests {
    @Test func aCallerTooManyIsToldSoInTime() {
        let permits = Permits(count: 1)
        #expect(permits.take(waiting: .zero))
        let start = ContinuousClock.now
        #expect(!permits.take(waiting: .milliseconds(30)))
        let waited = ContinuousClock.now - start
        #expect(waited >= .milliseconds(29) && waited < .seconds(20))
    }

    @Test func whoCameFirstIsServedFirst() {
        let permits = Permits(count: 0)
        let served = Mutex<[Int]>([])
        let done = Permits(count: 0)
        for number in 0..<5 {
            Thread {
                #expect(permits.take(waiting: .seconds(60)))
                served.withLock { $0.append(number) }
                permits.give()
                done.give()
            }.start()
            // The next one comes when this one stands in the row.
            let deadline = ContinuousClock.now + .seconds(60)
            while permits.waitingCount <= number, ContinuousClock.now < deadline { usleep(500) }
        }
        // One that gives up leaves no gap.
        #expect(!permits.take(waiting: .zero))
        permits.give()
        for _ in 0..<5 { #expect(done.take(waiting: .seconds(60))) }
        #expect(served.withLock { $0 } == [0, 1, 2, 3, 4])
    }

    @Test func aPermitGivenBackWakesTheOneWhoWaits() {
        let permits = Permits(count: 1)
        #expect(permits.take(waiting: .zero))
        Thread { permits.give() }.start()
        #expect(permits.take(waiting: .seconds(60)))
        #expect(!permits.take(waiting: .zero))
    }
}
