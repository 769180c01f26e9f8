import Foundation
import InferenceRuntime
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

    @Test func aPermitGivenBackWakesTheOneWhoWaits() {
        let permits = Permits(count: 1)
        #expect(permits.take(waiting: .zero))
        Thread { permits.give() }.start()
        #expect(permits.take(waiting: .seconds(60)))
        #expect(!permits.take(waiting: .zero))
    }
}
