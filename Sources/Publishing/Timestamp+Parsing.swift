extension Timestamp {
    /// Reads RFC 3339: `2026-03-01T12:30:01.220Z`, with any offset and at most nine decimals; nil for anything else.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 35 else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard let digit = Timestamp.digit(byte) else { return nil }
                value = value * 10 + digit
            }
            return value
        }
        let marks: [(Int, String)] = [(4, "-"), (7, "-"), (10, "Tt"), (13, ":"), (16, ":")]
        guard marks.allSatisfy({ $0.1.utf8.contains(bytes[$0.0]) }),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var place = 19
        var nanoseconds: Int32 = 0
        if bytes[place] == UInt8(ascii: ".") {
            place += 1
            var unit: Int32 = 100_000_000
            let start = place
            while place < bytes.count, let digit = Timestamp.digit(bytes[place]) {
                nanoseconds += Int32(digit) * unit
                unit /= 10
                place += 1
            }
            guard (1...9).contains(place - start) else { return nil }
        }
        guard place < bytes.count else { return nil }
        var offset: Int64 = 0
        switch bytes[place] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            guard place + 1 == bytes.count else { return nil }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard place + 6 == bytes.count, bytes[place + 3] == UInt8(ascii: ":"),
                let hours = number(place + 1..<place + 3), let minutes = number(place + 4..<place + 6),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (bytes[place] == UInt8(ascii: "-") ? -1 : 1)
        default: return nil
        }
        let days = Timestamp.days(year: year, month: month, day: day)
        self.init(
            seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds: nanoseconds)
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
    }

    /// Days since 1970-01-01 of a proleptic Gregorian date; a day beyond its month counts on into the next.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        // Years begin on 1 March, so that the leap day is a year's last.
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
