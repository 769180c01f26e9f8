import Publishing
import Testing

@Suite struct SequenceMarkTests {
    @Test func noNumberIsUsedBeyondWhatWasWritten() {
        var mark = SequenceMark(reserved: 0)
        var written: UInt64 = 0
        for used in 0..<5000 as Range<UInt64> {
            if let next = mark.reserve(after: used) { written = next }
            #expect(written >= used + SequenceMark.block / 2)
        }
    }

    @Test func aBlockLastsForHalfItsLengthAtLeast() {
        var mark = SequenceMark(reserved: 0)
        let writes = (0..<5000 as Range<UInt64>).compactMap { mark.reserve(after: $0) }
        #expect(writes.count <= 10)
    }

    @Test func theNextRunGoesOnBeyondTheReservedBlock() {
        var first = SequenceMark(reserved: 0)
        let written = first.reserve(after: 0)
        var second = SequenceMark(reserved: written ?? 0)
        let next = second.reserve(after: written ?? 0)
        #expect(written == 1000 && next == 2000)
    }
}
