import Publishing
import Testing

struct BackoffTests {
    @Test func delaysDoubleFromHalfASecondToHalfAMinuteForEver() {
        var backoff = Backoff()
        let delays = (0..<200).map { _ in backoff.next(random: 1) }
        #expect(delays.prefix(8).map(\.inSeconds) == [0.5, 1, 2, 4, 8, 16, 30, 30])
        #expect(delays[199] == .seconds(30))
    }

    @Test func jitterStaysBetweenAHalfAndTheWhole() {
        var backoff = Backoff()
        let first = backoff.next(random: 0)
        #expect(first == .milliseconds(250))
        for _ in 0..<20 { _ = backoff.next(random: 0) }
        let last = backoff.next(random: 0)
        #expect(last == .seconds(15))
    }

    @Test func aStableConnectionStartsTheDelaysAgain() {
        var backoff = Backoff()
        for _ in 0..<5 { _ = backoff.next(random: 1) }
        backoff.reset()
        let next = backoff.next(random: 1)
        #expect(next == .milliseconds(500))
    }
}
