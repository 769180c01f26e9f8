internal import Synchronization

/// What a source counted since it was made; read from any thread.
package final class SourceCounters: Sendable {
    private let flagged = Atomic<UInt64>(0)
    private let short = Atomic<UInt64>(0)
    private let oversized = Atomic<UInt64>(0)
    private let unreadable = Atomic<UInt64>(0)
    private let stamps = Atomic<UInt64>(0)
    private let stampFault = Atomic<UInt8>(0)
    private let numbers = Atomic<UInt64>(0)
    private let missing = Atomic<UInt64>(0)
    private let losses = Atomic<UInt64>(0)
    private let unseen = Atomic<UInt64>(0)

    /// Frames that came with the driver's error flag, too short or too long, and files that could not be read; all
    /// dropped.
    package var errorFrameCount: UInt64 {
        FrameDamage.allCases.reduce(unreadable.load(ordering: .relaxed)) { $0 + count(of: $1) }
    }

    package func count(of damage: FrameDamage) -> UInt64 {
        switch damage {
        case .flagged: flagged.load(ordering: .relaxed)
        case .short: short.load(ordering: .relaxed)
        case .oversized: oversized.load(ordering: .relaxed)
        }
    }

    /// Frames whose time stamp was not believed, so that the moment of arrival stands for it.
    package var doubtfulStampCount: UInt64 { stamps.load(ordering: .relaxed) }

    /// Why the last of them was not.
    package var lastStampFault: StampCheck.Fault? { StampCheck.Fault(rawValue: stampFault.load(ordering: .relaxed)) }

    /// Frames whose number repeated or went back within a stream.
    package var repeatedNumberCount: UInt64 { numbers.load(ordering: .relaxed) }

    /// Frames that the driver's sequence numbers say were lost, damaged ones included.
    package var lostFrameCount: UInt64 { missing.load(ordering: .relaxed) }

    /// How often a source that streamed was lost.
    package var lossCount: UInt64 { losses.load(ordering: .relaxed) }

    /// Frames given back unseen while a camera that was just opened warmed up; not lost.
    package var warmUpFrameCount: UInt64 { unseen.load(ordering: .relaxed) }

    func countWarmUp() { unseen.add(1, ordering: .relaxed) }
    func countUnreadable() { unreadable.add(1, ordering: .relaxed) }
    func countDamaged(_ damage: FrameDamage) {
        switch damage {
        case .flagged: flagged.add(1, ordering: .relaxed)
        case .short: short.add(1, ordering: .relaxed)
        case .oversized: oversized.add(1, ordering: .relaxed)
        }
    }
    func countRepeatedNumber() { numbers.add(1, ordering: .relaxed) }

    func countStamp(_ fault: StampCheck.Fault) {
        stampFault.store(fault.rawValue, ordering: .relaxed)
        stamps.add(1, ordering: .relaxed)
    }
    func countLost(_ count: Int) { missing.add(UInt64(max(0, count)), ordering: .relaxed) }
    func countLoss() { losses.add(1, ordering: .relaxed) }
}
