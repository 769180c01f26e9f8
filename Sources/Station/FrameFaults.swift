internal import Capture
internal import Health
internal import Publishing
internal import Settings
internal import Synchronization

/// What is wrong with a line's frames before anyone looks at the picture; counted since the line began.
struct FrameFaults: Equatable, Sendable {
    var flagged: UInt64 = 0
    var short: UInt64 = 0
    var oversized: UInt64 = 0

    /// The decoder found no whole picture in them.
    var garbled: UInt64 = 0
    var doubtfulStamps: UInt64 = 0
    var repeatedNumbers: UInt64 = 0
    var lastStampFault: StampCheck.Fault?

    var damaged: UInt64 { flagged + short + oversized + garbled }

    mutating func add(_ counters: SourceCounters) {
        flagged += counters.count(of: .flagged)
        short += counters.count(of: .short)
        oversized += counters.count(of: .oversized)
        doubtfulStamps += counters.doubtfulStampCount
        repeatedNumbers += counters.repeatedNumberCount
        lastStampFault = counters.lastStampFault ?? lastStampFault
    }

    /// In words.
    fileprivate var damage: String {
        let kinds = [("flagged by the driver", flagged), ("too short", short), ("too long", oversized)]
        let told = (kinds + [("garbled", garbled)]).filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        return told.joined(separator: ", ") + " since the start"
    }

    fileprivate var stampFault: String {
        switch lastStampFault {
        case .otherClock: "they are not of the monotonic clock; the moment of arrival stands for them"
        case .ahead: "they lie in the future; the moment of arrival stands for them"
        case .old: "they lie too far in the past; the moment of arrival stands for them"
        case .backwards: "they go back; the moment of arrival stands for them"
        case nil: "the moment of arrival stands for them"
        }
    }
}

/// Tells of these faults once, not frame by frame.
struct FrameFaultWatch: Sendable {
    private var damage = CountWatch(begins: .framesDamaged, ends: .framesDamagedOver)
    private var stamps = CountWatch(begins: .stampsDoubtful, ends: .stampsDoubtfulOver)
    private var numbers = CountWatch(begins: .numbersRepeat, ends: .numbersRepeatOver)

    mutating func turns(_ faults: FrameFaults, at now: MonotonicTime) -> [FaultWatch.Turn] {
        [
            damage.turn(count: faults.damaged, at: now) { faults.damage },
            stamps.turn(count: faults.doubtfulStamps, at: now) { faults.stampFault },
            numbers.turn(count: faults.repeatedNumbers, at: now) { "frames that were lost cannot be told" },
        ].compactMap { $0 }
    }
}

extension Line {
    var frameFaults: FrameFaults {
        var faults = state.withLock { state in
            var faults = state.formerFaults
            faults.garbled = state.counters.noVerdictReasons["bad_frame"] ?? 0
            return faults
        }
        source.withLock { source in
            if let source { faults.add(source.counters) }
        }
        return faults
    }

    /// Tells what began or ended since the last time.
    func watchFrames() {
        let faults = frameFaults
        let turns = state.withLock { $0.frameFaults.turns(faults, at: .now) }
        for turn in turns { announcer.event(turn.code, line: name, why: turn.why) }
    }
}
