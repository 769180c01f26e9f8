import Capture
import Testing

struct MonotonicTimeTests {
    @Test func aStampThatDoesNotFitIsNone() {
        #expect(MonotonicTime(seconds: 9_223_372_020, microseconds: 0) != nil)
        #expect(MonotonicTime(seconds: 9_223_372_040, microseconds: 0) == nil)
        #expect(MonotonicTime(seconds: .max, microseconds: .max) == nil)
        #expect(MonotonicTime(seconds: 9_223_372_036, microseconds: 999_999) == nil)
        #expect(MonotonicTime(seconds: .min, microseconds: 0) == nil)
    }

    @Test func aDurationIsAddedAndFoundAgain() {
        let start = MonotonicTime(nanoseconds: 5_000_000_000)
        let later = start.advanced(by: .milliseconds(1250))
        #expect(later.nanoseconds == 6_250_000_000)
        #expect(later.since(start) == .milliseconds(1250))
        #expect(start.advanced(by: .milliseconds(-1500)).nanoseconds == 3_500_000_000)
    }

    @Test func aMomentBeyondTheClockIsItsEnd() {
        #expect(MonotonicTime.now.advanced(by: .seconds(Int64.max)) == MonotonicTime(nanoseconds: .max))
        #expect(MonotonicTime(nanoseconds: .max).advanced(by: .seconds(1)) == MonotonicTime(nanoseconds: .max))
    }

    @Test func theClockRuns() {
        let before = MonotonicTime.now
        #expect(before.nanoseconds > 0)
        #expect(MonotonicTime.now >= before)
    }
}
