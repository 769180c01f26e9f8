import Capture
import Testing

@Suite struct ExposureClockTests {
    private func at(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: Int64(milliseconds) * 1_000_000)
    }

    private func began(_ milliseconds: Int) -> Exposure { .began(notBefore: at(milliseconds)) }

    @Test func aStampOfTheBeginningIsTaken() {
        var clock = ExposureClock(rate: 10)
        let exposure = clock.exposure(stamp: at(1000), sequence: 0, source: .startOfExposure)
        #expect(exposure == began(1000))
    }

    @Test func aStampOfTheEndLiesAPeriodAfterTheBeginning() {
        var clock = ExposureClock(rate: 10)
        let exposure = clock.exposure(stamp: at(1000), sequence: 0, source: .endOfFrame)
        #expect(exposure == began(900))
    }

    @Test func aCameraSlowerThanAgreedIsMeasured() {
        var clock = ExposureClock(rate: 10)
        _ = clock.exposure(stamp: at(1000), sequence: 7, source: .endOfFrame)
        let slow = clock.exposure(stamp: at(1250), sequence: 8, source: .endOfFrame)
        #expect(slow == began(1000))
        // Three frames of 100 ms of which two were lost on the way: no slower than agreed.
        let afterGap = clock.exposure(stamp: at(1550), sequence: 11, source: .endOfFrame)
        #expect(afterGap == began(1450))
        // A burst does not make the exposure shorter than agreed.
        let burst = clock.exposure(stamp: at(1551), sequence: 12, source: .endOfFrame)
        #expect(burst == began(1451))
    }

    @Test func aCameraWithoutARateIsTakenForASlowOneUntilItIsMeasured() {
        var clock = ExposureClock(rate: nil)
        let first = clock.exposure(stamp: at(5000), sequence: 0, source: .endOfFrame)
        let second = clock.exposure(stamp: at(5040), sequence: 1, source: .endOfFrame)
        #expect(first == began(4000) && second == began(5000))
    }

    @Test func aFrameWithoutAStampMayHaveLainInTheDriver() {
        var clock = ExposureClock(rate: 20)
        let exposure = clock.exposure(stamp: at(1000), sequence: 0, source: .arrival)
        #expect(exposure == began(900))
    }

    @Test func nonsenseDoesNotTrap() {
        var clock = ExposureClock(rate: .nan)
        let stamps: [Int64] = [.max, .min, 0, .max]
        let exposures = stamps.enumerated().map { place, stamp in
            clock.exposure(
                stamp: MonotonicTime(nanoseconds: stamp), sequence: UInt32.max &- UInt32(place * 3), source: .endOfFrame
            )
        }
        #expect(exposures.count == 4)
    }

    @Test func uvcvideoStampsTheTransferWhateverItClaims() {
        #expect(StampSource(claimsStart: true, driver: "vivid") == .startOfExposure)
        #expect(StampSource(claimsStart: true, driver: "uvcvideo") == .endOfFrame)
        #expect(StampSource(claimsStart: false, driver: "vivid") == .endOfFrame)
    }
}
