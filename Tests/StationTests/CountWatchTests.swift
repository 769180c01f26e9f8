import Capture
import Health
import Station
import Testing

@Suite struct CountWatchTests {
    @Test func countsThatGoOnAreToldOnceAndTheirEndOnce() {
        var watch = CountWatch(begins: .framesDamaged, ends: .framesDamagedOver)
        var told: [(second: Int, code: EventCode)] = []
        for second in 0..<100 {
            // Every fourth second from the 20th to the 60th something is counted.
            let count = UInt64(max(0, min(second, 60) - 16) / 4)
            let turn = watch.turn(count: count, at: MonotonicTime(nanoseconds: Int64(second) * 1_000_000_000)) { "" }
            if let turn { told.append((second, turn.code)) }
        }
        #expect(told.map(\.code) == [.framesDamaged, .framesDamagedOver])
        #expect(told.map(\.second) == [20, 70])
    }

    @Test func theReasonIsTheOneOfTheBeginning() {
        var watch = CountWatch(begins: .framesDamaged, ends: .framesDamagedOver)
        let turn = watch.turn(count: 3, at: MonotonicTime(nanoseconds: 0)) { "three were short" }
        #expect(turn?.why == "three were short")
    }
}
