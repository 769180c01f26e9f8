import AssayTestSupport
import Capture
import Imaging
import Station
import Testing

@Suite struct FreezeWatchTests {
    private let after = Duration.seconds(3)

    private func picture(_ number: UInt8) -> PictureFingerprint {
        unsafe [number].withUnsafeBytes { bytes in unsafe PictureFingerprint(of: bytes) }
    }

    private func moment(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: Int64(milliseconds) * 1_000_000)
    }

    private func sees(
        _ watch: inout FreezeWatch, _ picture: PictureFingerprint, ticket: UInt64, at moment: MonotonicTime,
        after: Duration
    ) -> Bool {
        watch.sees(picture, ticket: ticket, at: moment, after: after)
    }

    @Test func aPictureThatStaysForTheWholeTimeIsFrozenUntilItChanges() {
        var watch = FreezeWatch()
        for frame in 0..<40 {
            let isFrozen = sees(&watch, picture(1), ticket: UInt64(frame), at: moment(frame * 100), after: after)
            #expect(isFrozen == (frame >= 30), "\(frame)")
        }
        #expect(!sees(&watch, picture(2), ticket: 40, at: moment(4000), after: after))
        #expect(!sees(&watch, picture(1), ticket: 41, at: moment(4100), after: after))
    }

    @Test func twoFramesAreNeverEnough() {
        var watch = FreezeWatch()
        #expect(!sees(&watch, picture(1), ticket: 0, at: moment(0), after: after))
        #expect(!sees(&watch, picture(1), ticket: 1, at: moment(600_000), after: after))
        #expect(sees(&watch, picture(1), ticket: 2, at: moment(1_200_000), after: after))
    }

    @Test func oneBufferHandedOutTwiceAgainAndAgainIsNotFrozen() {
        var watch = FreezeWatch()
        for frame in 0..<200 {
            #expect(
                !sees(
                    &watch,
                    picture(UInt8(frame / 2)), ticket: UInt64(frame), at: moment(frame * 2000), after: after))
        }
    }

    @Test func aLateFrameOfAFrozenPictureIsFrozenToo() {
        var watch = FreezeWatch()
        for frame in 0..<40 where frame != 35 {
            _ = sees(&watch, picture(1), ticket: UInt64(frame), at: moment(frame * 100), after: after)
        }
        #expect(!sees(&watch, picture(2), ticket: 40, at: moment(4000), after: after))
        #expect(sees(&watch, picture(1), ticket: 35, at: moment(3500), after: after))
    }

    @Test func aLateFrameThatDiffersEndsTheFreeze() {
        var watch = FreezeWatch()
        for frame in 0..<40 where frame != 35 {
            _ = sees(&watch, picture(1), ticket: UInt64(frame), at: moment(frame * 100), after: after)
        }
        #expect(!sees(&watch, picture(2), ticket: 35, at: moment(3500), after: after))
        #expect(!sees(&watch, picture(1), ticket: 40, at: moment(4000), after: after))
    }

    /// Against a plain count over the frames in order: out of order the watch errs by no more than the disorder.
    @Test(arguments: 0..<20) func outOfOrderItErrsByNoMoreThanTheDisorder(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var pictures: [UInt8] = []
        while pictures.count < 400 {
            let length = [1, 2, 3, 40, 80].randomElement(using: &generator) ?? 1
            pictures += [UInt8](repeating: UInt8.random(in: 0...3, using: &generator), count: length)
        }
        let times = pictures.indices.map { $0 * 100 }
        let truth = pictures.indices.map { index in
            let start = (0...index).last { pictures[$0] != pictures[index] }.map { $0 + 1 } ?? 0
            return index - start >= 2 && times[index] - times[start] >= 3000
        }
        let order = stride(from: 0, to: pictures.count, by: 4).flatMap { start in
            pictures.indices[start..<min(start + 4, pictures.count)].shuffled(using: &generator)
        }
        var watch = FreezeWatch()
        var inOrder = FreezeWatch()
        var foundCount = 0
        for (index, late) in zip(pictures.indices, order) {
            let plain = sees(
                &inOrder,
                picture(pictures[index]), ticket: UInt64(index), at: moment(times[index]), after: after)
            #expect(plain == truth[index], "seed \(seed), frame \(index)")
            let isFrozen = sees(
                &watch,
                picture(pictures[late]), ticket: UInt64(late), at: moment(times[late]), after: after)
            let near = truth[max(0, late - 4)...min(late + 4, truth.count - 1)]
            if isFrozen { #expect(near.contains(true), "seed \(seed), frame \(late)") }
            if isFrozen { foundCount += 1 }
        }
        #expect(foundCount * 2 >= truth.count { $0 }, "seed \(seed)")
    }
}
