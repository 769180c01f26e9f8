internal import Synchronization

/// What a source counted since it was made; read from any thread.
package final class SourceCounters: Sendable {
    private let damaged = Atomic<UInt64>(0)
    private let missing = Atomic<UInt64>(0)
    private let losses = Atomic<UInt64>(0)
    private let unseen = Atomic<UInt64>(0)

    /// Frames that came with the driver's error flag or too short, and files that could not be read; all dropped.
    package var errorFrameCount: UInt64 { damaged.load(ordering: .relaxed) }

    /// Frames that the driver's sequence numbers say were lost, damaged ones included.
    package var lostFrameCount: UInt64 { missing.load(ordering: .relaxed) }

    /// How often a source that streamed was lost.
    package var lossCount: UInt64 { losses.load(ordering: .relaxed) }

    /// Frames given back unseen while a camera that was just opened warmed up; not lost.
    package var warmUpFrameCount: UInt64 { unseen.load(ordering: .relaxed) }

    func countWarmUp() { unseen.add(1, ordering: .relaxed) }
    func countDamaged() { damaged.add(1, ordering: .relaxed) }
    func countLost(_ count: Int) { missing.add(UInt64(max(0, count)), ordering: .relaxed) }
    func countLoss() { losses.add(1, ordering: .relaxed) }
}
