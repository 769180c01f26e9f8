/// A 64-bit hash of a picture's bytes, which tells two pictures apart that differ in one bit.
///
/// A change inside one 8-byte word always changes the hash: each step is a bijection of the word and of the lane it goes
/// into, and so is the way from a lane to the result. Several changes meet by chance only, once in 2⁶⁴. It is no
/// defence against someone who wants two pictures to meet.
///
/// Eight lanes keep eight multiplications in flight, so that it is as fast as memory.
package struct PictureFingerprint: Hashable, Sendable {
    package let value: UInt64

    package init(of bytes: UnsafeRawBufferPointer) {
        var lanes = Lanes()
        unsafe lanes.add(bytes)
        value = lanes.result
    }

    /// The fingerprint of a camera frame, of what the sensor saw only.
    ///
    /// Rows without their padding, which drivers leave as it is, and of several planes the first: noise shows there.
    /// Of `mjpeg` the picture from its first scan on, since some cameras count frames in the segments before it.
    package init(of bytes: UnsafeRawBufferPointer, layout: ImageLayout) {
        var lanes = Lanes()
        let rowBytes = layout.format.leastBytesPerRow(width: layout.width)
        if layout.format == .mjpeg {
            // unsafe: the caller keeps the bytes until we return, and the span does not leave this function
            let start = unsafe JPEGStream.scanStart(in: Span<UInt8>(_unsafeBytes: bytes)) ?? 0
            unsafe lanes.add(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        } else if rowBytes == 0 {
            unsafe lanes.add(bytes)
        } else if rowBytes == layout.bytesPerRow {
            unsafe lanes.add(UnsafeRawBufferPointer(rebasing: bytes.prefix(layout.height * rowBytes)))
        } else {
            for row in 0..<layout.height {
                let rest = unsafe bytes.dropFirst(row * layout.bytesPerRow)
                unsafe lanes.add(UnsafeRawBufferPointer(rebasing: rest.prefix(rowBytes)))
            }
        }
        value = lanes.result
    }
}

/// Eight running hashes, each of every eighth word.
private struct Lanes {
    // Odd, so multiplying by them loses nothing; their bits are those of √5 and √7.
    private static let wordFactor: UInt64 = 0x3C6E_F372_FE94_F82B
    private static let laneFactor: UInt64 = 0xA54F_F53A_5F1D_36F1

    private var lane0: UInt64 = 1
    private var lane1: UInt64 = 2
    private var lane2: UInt64 = 3
    private var lane3: UInt64 = 4
    private var lane4: UInt64 = 5
    private var lane5: UInt64 = 6
    private var lane6: UInt64 = 7
    private var lane7: UInt64 = 8

    @inline(__always)
    private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        // Multiplying moves bits up only; turning between two products brings the highest down again.
        let sum = lane &+ word &* wordFactor
        return (sum << 31 | sum >> 33) &* laneFactor
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let count = bytes.count
        var place = 0
        while place &+ 64 <= count {
            // unsafe: eight words lie before `count`
            lane0 = unsafe Self.step(lane0, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            lane1 = unsafe Self.step(lane1, bytes.loadUnaligned(fromByteOffset: place &+ 8, as: UInt64.self))
            lane2 = unsafe Self.step(lane2, bytes.loadUnaligned(fromByteOffset: place &+ 16, as: UInt64.self))
            lane3 = unsafe Self.step(lane3, bytes.loadUnaligned(fromByteOffset: place &+ 24, as: UInt64.self))
            lane4 = unsafe Self.step(lane4, bytes.loadUnaligned(fromByteOffset: place &+ 32, as: UInt64.self))
            lane5 = unsafe Self.step(lane5, bytes.loadUnaligned(fromByteOffset: place &+ 40, as: UInt64.self))
            lane6 = unsafe Self.step(lane6, bytes.loadUnaligned(fromByteOffset: place &+ 48, as: UInt64.self))
            lane7 = unsafe Self.step(lane7, bytes.loadUnaligned(fromByteOffset: place &+ 56, as: UInt64.self))
            place &+= 64
        }
        while place &+ 8 <= count {
            lane0 = unsafe Self.step(lane0, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place &+= 8
        }
        var rest: UInt64 = 0
        while place < count {
            rest = unsafe rest << 8 | UInt64(bytes[place])
            place &+= 1
        }
        lane0 = Self.step(lane0, rest)
        // Without the length, zeros at the end would not count.
        lane0 = Self.step(lane0, UInt64(count))
    }

    var result: UInt64 {
        var result: UInt64 = 0
        for lane in [lane0, lane1, lane2, lane3, lane4, lane5, lane6, lane7] {
            result = Self.step(result, lane)
        }
        return result ^ result >> 32
    }
}
