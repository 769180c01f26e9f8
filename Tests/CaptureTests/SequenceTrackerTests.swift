import Capture
import Testing

struct SequenceTrackerTests {
    @Test func theFirstFrameHasLostNothing() {
        var tracker = SequenceTracker()
        #expect(tracker.lost(before: 4711) == 0)
    }

    @Test(arguments: [
        (from: UInt32(7), to: UInt32(8), lost: 0),
        (from: 7, to: 9, lost: 1),
        (from: 7, to: 1000, lost: 992),
        (from: .max, to: 0, lost: 0),
        (from: .max - 1, to: 2, lost: 3),
        (from: 0, to: 1 << 31, lost: (1 << 31) - 1),
    ])
    func missingNumbersAreCountedAcrossTheWrap(from: UInt32, to: UInt32, lost: Int) {
        var tracker = SequenceTracker()
        _ = tracker.lost(before: from)
        #expect(tracker.lost(before: to) == lost)
    }

    @Test(arguments: [(UInt32(0), UInt32(0)), (100, 100), (100, 99), (100, 0), (.max, .max - 5)])
    func aNumberThatRepeatsOrGoesBackLostNothing(from: UInt32, to: UInt32) {
        var tracker = SequenceTracker()
        _ = tracker.lost(before: from)
        #expect(tracker.lost(before: to) == 0)
        #expect(tracker.lost(before: to &+ 1) == 0)
    }
}
