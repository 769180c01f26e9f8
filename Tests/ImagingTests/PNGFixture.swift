/// PNG files of any kind, put together byte by byte, unpacked pixels in stored deflate blocks.
enum PNGFixture {
    static func file(
        width: Int, height: Int, depth: UInt8, colour: UInt8, palette: [UInt8] = [], rows: [[UInt8]]
    ) -> [UInt8] {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [depth, colour, 0, 0, 0])
        if !palette.isEmpty { file += chunk("PLTE", palette) }
        // a filter byte before each row
        var raw: [UInt8] = []
        for row in rows { raw += [0] + row }
        var stored: [UInt8] = [0x78, 0x01, 1]
        for length in [UInt16(raw.count), ~UInt16(raw.count)] {
            stored += [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
        }
        file += chunk("IDAT", stored + raw + bigEndian(adler(raw)))
        return file + chunk("IEND", [])
    }

    static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = [UInt8](type.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(checksum(body))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }
}
