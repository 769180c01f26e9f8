import Imaging
import Testing

@Suite struct PictureFingerprintTests {
    private func fingerprint(_ bytes: [UInt8]) -> PictureFingerprint {
        unsafe bytes.withUnsafeBytes { bytes in unsafe PictureFingerprint(of: bytes) }
    }

    private func fingerprint(_ bytes: [UInt8], _ layout: ImageLayout) -> PictureFingerprint {
        unsafe bytes.withUnsafeBytes { bytes in unsafe PictureFingerprint(of: bytes, layout: layout) }
    }

    private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    @Test(arguments: [1, 7, 8, 9, 63, 64, 65, 200, 1031]) func everySingleBitCounts(count: Int) {
        var bytes = noise(count, seed: UInt64(count))
        let before = fingerprint(bytes)
        var seen: Set<PictureFingerprint> = [before]
        for place in bytes.indices {
            for bit in 0..<8 {
                bytes[place] ^= 1 << bit
                seen.insert(fingerprint(bytes))
                bytes[place] ^= 1 << bit
            }
        }
        #expect(seen.count == count * 8 + 1)
        #expect(fingerprint(bytes) == before)
    }

    @Test func theHighestBitsOfTwoWordsDoNotCancel() {
        var bytes = [UInt8](repeating: 0, count: 64 * 8)
        var seen: Set<PictureFingerprint> = []
        for first in 0..<8 {
            for second in first..<8 {
                bytes[first * 64 + 7] ^= 0x80
                bytes[second * 64 + 7] ^= 0x80
                seen.insert(fingerprint(bytes))
                bytes[first * 64 + 7] ^= 0x80
                bytes[second * 64 + 7] ^= 0x80
            }
        }
        #expect(seen.count == 8 * 7 / 2 + 1)
    }

    @Test func swappedBytesWordsAndBlocksDiffer() {
        let bytes = noise(512, seed: 3)
        for length in [1, 8, 64] {
            var swapped = bytes
            swapped.replaceSubrange(0..<length, with: bytes[length..<2 * length])
            swapped.replaceSubrange(length..<2 * length, with: bytes[0..<length])
            #expect(fingerprint(swapped) != fingerprint(bytes), "\(length)")
        }
    }

    @Test func zerosAtTheEndCount() {
        let prints = (0..<200).map { fingerprint([UInt8](repeating: 0, count: $0)) }
        #expect(Set(prints).count == prints.count)
    }

    @Test func paddingOfRowsDoesNotCount() throws {
        let layout = try ImageLayout(width: 20, height: 6, bytesPerRow: 50, format: .yuyv)
        let bytes = noise(300, seed: 4)
        var padded = bytes
        for row in 0..<6 {
            for place in row * 50 + 40..<row * 50 + 50 { padded[place] = 1 }
        }
        #expect(fingerprint(padded, layout) == fingerprint(bytes, layout))
        for row in 0..<6 {
            for place in [0, 39] {
                var changed = bytes
                changed[row * 50 + place] ^= 1
                #expect(fingerprint(changed, layout) != fingerprint(bytes, layout))
            }
        }
    }

    @Test func whatFollowsThePictureDoesNotCount() throws {
        let layout = try ImageLayout(width: 16, height: 4, format: .grey)
        let bytes = noise(80, seed: 5)
        #expect(fingerprint(bytes, layout) == fingerprint([UInt8](bytes[..<64]), layout))
    }

    @Test func fewerBytesThanTheLayoutNeedsAreHashedAsTheyAre() throws {
        for format in PixelFormat.native {
            let layout = try ImageLayout(width: 16, height: 4, format: format)
            for count in 0..<70 { _ = fingerprint(noise(count, seed: 6), layout) }
        }
    }

    @Test func aCounterInTheHeaderOfAMotionJPEGFrameDoesNotCount() throws {
        let layout = try ImageLayout(width: 48, height: 40, format: .mjpeg)
        let jpeg = try Samples.gradient(48, 40).jpeg(quality: 80)
        func counted(_ number: UInt8) -> [UInt8] {
            [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 0, number] + jpeg[2...]
        }
        #expect(fingerprint(counted(1), layout) == fingerprint(counted(2), layout))
        let other = try Samples.gradient(48, 40).jpeg(quality: 81)
        #expect(fingerprint(other, layout) != fingerprint(jpeg, layout))
    }
}
