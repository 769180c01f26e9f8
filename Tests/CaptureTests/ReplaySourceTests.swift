import Capture
import Foundation
import Imaging
import Testing

struct ReplaySourceTests {
    private let folder: ImageFolder
    private let slot = LatestFrame()
    private let doorbell: Doorbell
    private let states = Recorder<SourceState>()

    init() throws {
        folder = try ImageFolder()
        doorbell = try Doorbell()
    }

    private func start(_ source: ReplaySource) throws {
        let states = states
        try source.start(into: slot, ringing: doorbell) { states.record($0) }
    }

    /// Takes until `count` frames came or 20 s passed.
    private func take(_ count: Int) -> [Taken] {
        var taken: [Taken] = []
        while taken.count < count, doorbell.wait(timeout: .seconds(20)) {
            guard let frame = slot.take() else { continue }
            taken.append(
                Taken(name: frame.sourceName ?? "", sequence: frame.sequence, skipped: frame.skippedBefore))
        }
        return taken
    }

    private struct Taken: Equatable {
        let name: String
        let sequence: UInt32
        let skipped: Int
    }

    /// States come on the source's thread, a moment after the frame they follow.
    private func waitForState(_ name: String) -> Bool {
        let deadline = MonotonicTime.now.advanced(by: .seconds(20))
        while !states.all.contains(where: { $0.name == name }) {
            if deadline < .now { return false }
            usleep(1000)
        }
        return true
    }

    @Test func filesComeInTheOrderOfTheirNamesAndOnce() throws {
        try folder.write(["b.png", "a.jpg", "c.JPEG"])
        try folder.write("notes.txt", bytes: [1])
        try folder.write(".hidden.png", bytes: [1])
        let source = ReplaySource(path: folder.path, rate: 10_000, isLooped: false, waitForTake: true)
        try start(source)
        #expect(
            take(3) == [
                Taken(name: "a.jpg", sequence: 0, skipped: 0), Taken(name: "b.png", sequence: 1, skipped: 0),
                Taken(name: "c.JPEG", sequence: 2, skipped: 0),
            ])
        #expect(waitForState("ended"))
        source.stop()
        #expect(states.all.map(\.name) == ["opening", "streaming", "ended"])
        #expect(slot.skippedCount == 0)
    }

    @Test func aPatternChoosesFiles() throws {
        try folder.write(["good_1.png", "bad_1.png", "good_2.png"])
        let source = ReplaySource(
            path: folder.path + "/good_*", rate: 10_000, isLooped: false, waitForTake: true)
        try start(source)
        #expect(take(2).map(\.name) == ["good_1.png", "good_2.png"])
        #expect(waitForState("ended"))
        source.stop()
    }

    @Test func aLoopListsItsFolderAnew() throws {
        try folder.write(["a.png"])
        let source = ReplaySource(path: folder.path, rate: 1000, waitForTake: true)
        try start(source)
        #expect(take(2).map(\.name) == ["a.png", "a.png"])
        try folder.write(["b.png"])
        // One frame may be under way from the listing before.
        let names = take(4).map(\.name)
        #expect(names.contains("b.png"))
        source.stop()
        #expect(states.all.map(\.name) == ["opening", "streaming"])
    }

    @Test func withoutWaitingFramesAreSkippedAndCounted() throws {
        try folder.write(["a.png", "b.png", "c.png"])
        let source = ReplaySource(path: folder.path, rate: 10_000, isLooped: false)
        try start(source)
        #expect(waitForState("ended"))
        source.stop()
        let taken = take(1)
        #expect(taken == [Taken(name: "c.png", sequence: 2, skipped: 2)])
        #expect(slot.skippedCount == 2)
    }

    @Test func theRateIsKept() throws {
        try folder.write(["a.png"])
        let source = ReplaySource(path: folder.path, rate: 50, waitForTake: true)
        let begun = MonotonicTime.now
        try start(source)
        #expect(take(6).count == 6)
        #expect(MonotonicTime.now.since(begun) >= .milliseconds(100))
        source.stop()
    }

    @Test func aFolderThatIsFilledLaterBeginsToPlay() throws {
        let source = ReplaySource(
            path: folder.path, rate: 1000, pace: RecoveryPace(retryInterval: .milliseconds(5)))
        try start(source)
        #expect(waitForState("no_images"))
        try folder.write(["a.png"])
        #expect(take(1).map(\.name) == ["a.png"])
        source.stop()
        #expect(states.all.map(\.name) == ["opening", "no_images", "streaming"])
    }

    @Test func filesThatCannotBeReadAreCountedAndPassedOver() throws {
        try folder.write(["b.png"])
        try folder.write("a.png", bytes: [])
        try FileManager.default.createDirectory(atPath: folder.path + "/c.png", withIntermediateDirectories: false)
        let source = ReplaySource(path: folder.path, rate: 10_000, isLooped: false, waitForTake: true)
        try start(source)
        #expect(take(1).map(\.name) == ["b.png"])
        #expect(waitForState("ended"))
        source.stop()
        #expect(source.counters.errorFrameCount == 2)
    }

    @Test func stoppingWaitsForNoFrame() throws {
        try folder.write(["a.png", "b.png"])
        let source = ReplaySource(path: folder.path, rate: 0.001)
        try start(source)
        #expect(take(1).count == 1)
        let begun = MonotonicTime.now
        source.stop()
        #expect(MonotonicTime.now.since(begun) < .seconds(5))
        // It can be started again, and stopped twice.
        try start(source)
        source.stop()
        source.stop()
    }
}
