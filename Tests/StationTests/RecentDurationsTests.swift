import Station
import Testing

@Suite struct RecentDurationsTests {
    @Test func percentilesAreOfTheNearestRank() {
        var durations = RecentDurations(capacity: 100)
        for number in 1...100 { durations.add(.milliseconds(number)) }
        #expect(
            durations.percentiles([0.5, 0.95, 1])
                == [.milliseconds(50), .milliseconds(95), .milliseconds(100)])
    }

    @Test func theOldestAreForgotten() {
        var durations = RecentDurations(capacity: 3)
        for number in [900, 900, 1, 2, 3] { durations.add(.milliseconds(number)) }
        #expect(durations.percentiles([0.01, 1]) == [.milliseconds(1), .milliseconds(3)])
    }

    @Test func nothingHasNoPercentiles() {
        #expect(RecentDurations().percentiles([0.5]) == nil)
    }
}
