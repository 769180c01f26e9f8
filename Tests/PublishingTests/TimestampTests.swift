import Foundation
import Publishing
import Testing

struct TimestampTests {
    @Test func knownMomentsAreWrittenAsRFC3339() {
        #expect(Timestamp(seconds: 0, nanoseconds: 0).text == "1970-01-01T00:00:00.000Z")
        #expect(Timestamp(seconds: 951_782_400, nanoseconds: 999_999_999).text == "2000-02-29T00:00:00.999Z")
        #expect(Timestamp(seconds: -1, nanoseconds: 500_000_000).text == "1969-12-31T23:59:59.500Z")
        #expect(Timestamp(seconds: 4_107_542_399, nanoseconds: 0).text == "2100-02-28T23:59:59.000Z")
        #expect(Timestamp(seconds: 4_107_542_400, nanoseconds: 0).text == "2100-03-01T00:00:00.000Z")
    }

    /// From the year 1600 on; before 1582 Foundation counts Julian days, which RFC 3339 does not.
    @Test func randomMomentsAgreeWithFoundation() {
        var generator = SeededGenerator(seed: 7)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<2000 {
            let seconds = Int64.random(in: -11_676_096_000...253_402_300_799, using: &generator)
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
            #expect(Timestamp(seconds: seconds, nanoseconds: 0).text == expected, "\(seconds)")
        }
    }

    @Test func whatIsWrittenIsReadBack() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<2000 {
            let moment = Timestamp(
                seconds: Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator),
                nanoseconds: Int32.random(in: 0..<1000, using: &generator) * 1_000_000)
            #expect(Timestamp(parsing: moment.text) == moment, "\(moment.text)")
        }
    }

    @Test(arguments: [
        ("2026-03-01T12:30:01Z", 0), ("2026-03-01T13:30:01+01:00", 0), ("2026-03-01t07:00:01.000000000-05:30", 0),
        ("2026-03-01T12:30:01.5z", 500_000_000),
    ])
    func offsetsAndFractionsAreRead(_ text: String, _ nanoseconds: Int32) {
        #expect(Timestamp(parsing: text) == Timestamp(seconds: 1_772_368_201, nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T12:30:01", "2026-03-01 12:30:01Z", "2026-13-01T12:30:01Z",
        "2026-03-01T24:30:01Z", "2026-03-01T12:30:01.Z", "2026-03-01T12:30:01.1234567890Z",
        "2026-03-01T12:30:01+0100", "2026-03-01T12:30:01Zx", "+026-03-01T12:30:01Z", "2026-03-01T12:30:01+25:00",
        String(repeating: "2", count: 10_000),
    ])
    func otherTextIsNoTime(_ text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func momentsNoCalendarCanWriteAreMovedToItsEnd() {
        #expect(Timestamp(seconds: .max, nanoseconds: 0).text == "9999-12-31T23:59:59.000Z")
        #expect(Timestamp(seconds: .min, nanoseconds: 0).text == "0000-01-01T00:00:00.000Z")
    }

    @Test func advancingCarriesTheFraction() {
        let moment = Timestamp(seconds: 10, nanoseconds: 900_000_000)
        #expect(moment.advanced(by: .milliseconds(200)) == Timestamp(seconds: 11, nanoseconds: 100_000_000))
        #expect(moment.advanced(by: .milliseconds(-950)) == Timestamp(seconds: 9, nanoseconds: 950_000_000))
        #expect(moment.advanced(by: .seconds(-11)).seconds == -1)
    }
}
