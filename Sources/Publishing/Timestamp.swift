internal import Glibc

/// A moment of wall-clock time, written as RFC 3339 in UTC with milliseconds.
package struct Timestamp: Equatable, Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let seconds: Int64

    /// 0..<1_000_000_000.
    package let nanoseconds: Int32

    /// Years outside 0000...9999 cannot be written; such moments are moved to the nearest end.
    package init(seconds: Int64, nanoseconds: Int32) {
        precondition((0..<1_000_000_000).contains(nanoseconds))
        self.seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
        self.nanoseconds = nanoseconds
    }

    /// Whole milliseconds since 1970-01-01T00:00:00Z.
    package init(milliseconds: Int64) {
        let (seconds, rest) = Timestamp.floorDivide(milliseconds, 1000)
        self.init(seconds: seconds, nanoseconds: Int32(rest) * 1_000_000)
    }

    /// The system's real-time clock.
    package static func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }

    /// Not from a clock that was never set: a machine without a battery starts in 1970, or when its system was built.
    package var isPlausible: Bool { seconds >= 1_735_689_600 }

    package var milliseconds: Int64 { seconds * 1000 + Int64(nanoseconds / 1_000_000) }

    /// This moment, later by `interval` (earlier when it is negative).
    package func advanced(by interval: Duration) -> Timestamp {
        let parts = interval.components
        var whole = seconds + parts.seconds
        var rest = Int64(nanoseconds) + parts.attoseconds / 1_000_000_000
        if rest < 0 {
            rest += 1_000_000_000
            whole -= 1
        } else if rest >= 1_000_000_000 {
            rest -= 1_000_000_000
            whole += 1
        }
        return Timestamp(seconds: whole, nanoseconds: Int32(rest))
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// `2026-03-01T12:30:01.220Z`.
    package var text: String {
        let (days, secondOfDay) = Timestamp.floorDivide(seconds, 86_400)
        let (year, month, day) = Timestamp.civil(daysSince1970: days)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        func append(_ value: Int64, digits: Int) {
            var divisor: Int64 = 1
            for _ in 1..<digits { divisor *= 10 }
            for _ in 0..<digits {
                bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
                divisor /= 10
            }
        }
        append(year, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        append(month, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        append(day, digits: 2)
        bytes.append(UInt8(ascii: "T"))
        append(secondOfDay / 3600, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(secondOfDay / 60 % 60, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(secondOfDay % 60, digits: 2)
        bytes.append(UInt8(ascii: "."))
        append(Int64(nanoseconds / 1_000_000), digits: 3)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The proleptic Gregorian date, counted in eras of 400 years that begin on 1 March.
    private static func civil(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(daysSince1970 + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }
}
