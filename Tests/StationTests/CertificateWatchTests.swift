import Station
import Testing

/// When certificates are looked at, and that their end is told once.
@Suite struct CertificateWatchTests {
    @Test func theFilesAreReadAtTheStartAndThenNowAndThen() {
        var watch = CertificateWatch()
        let now = ContinuousClock.now
        let interval = CertificateWatch.interval
        let moments = [.zero, .seconds(10), interval - .seconds(1), interval, interval + .seconds(1)]
        let due = moments.map { watch.isDue(at: now + $0) }
        #expect(due == [true, false, false, true, false])
    }

    @Test func theEndIsToldOnceAndSoIsTheRenewal() {
        var watch = CertificateWatch()
        let looks = [[], ["a ends", "b ends"], ["a ends"], [], [], ["a ends"]]
        let told = looks.map { watch.note($0) }
        #expect(told == [nil, .ending("a ends; b ends"), nil, .renewed, nil, .ending("a ends")])
    }
}
