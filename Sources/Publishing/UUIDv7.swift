/// An identifier that sorts by the time it was made (RFC 9562, version 7).
package struct UUIDv7: Equatable, Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// - Parameters:
    ///   - time: its milliseconds since 1970 fill the first 48 bits; earlier moments count as 1970.
    ///   - random: 74 bits of these fill the rest.
    package init(time: Timestamp, random: (UInt64, UInt64)) {
        let stamp = UInt64(max(0, time.milliseconds)) & 0xFFFF_FFFF_FFFF
        high = stamp << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    /// A new identifier from the system's random numbers.
    package init(time: Timestamp) {
        var generator = SystemRandomNumberGenerator()
        self.init(time: time, random: (generator.next(), generator.next()))
    }

    /// `0190163d-8694-739b-aea5-966c26f8ad91`.
    package var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { bytes.append(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            let digit = UInt8(word >> UInt64(60 - position % 16 * 4) & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
