internal import Synchronization

/// A slot of one between a source and its workers: the newest frame wins, those it overwrites are counted.
///
/// Any thread may offer and take; neither waits.
package final class LatestFrame: Sendable {
    private struct State: ~Copyable {
        var frame: Frame?
        var offeredCount: UInt64 = 0
        var skippedCount: UInt64 = 0
        var takenBell: Doorbell?
    }

    private let state = Mutex(State())

    package init() {}

    /// Puts the newest frame in the slot.
    ///
    /// A frame nobody took goes back to the driver; the new one carries what was skipped and lost before it.
    package func offer(_ frame: consuming Frame) {
        var incoming: Frame? = consume frame
        // The overwritten frame leaves the lock alive: giving it back is a call to the driver.
        let overwritten: Frame? = state.withLock { state in
            state.offeredCount += 1
            let previous = state.frame.take()
            switch previous {
            case .some(let previous):
                state.skippedCount += 1
                incoming?.follow(skipped: previous)
            case .none: break
            }
            state.frame = incoming.take()
            return previous
        }
        _ = consume overwritten
    }

    /// The newest frame, if one came since the last time.
    package func take() -> Frame? {
        var bell: Doorbell?
        let frame: Frame? = state.withLock { state in
            bell = state.frame == nil ? nil : state.takenBell
            return state.frame.take()
        }
        bell?.ring()
        return frame
    }

    /// Lets go of a frame nobody took; it counts as skipped.
    package func clear() {
        let dropped: Frame? = state.withLock { state in
            if state.frame != nil { state.skippedCount += 1 }
            return state.frame.take()
        }
        _ = consume dropped
    }

    package var isEmpty: Bool { state.withLock { $0.frame == nil } }

    /// Frames put in, whatever became of them.
    package var offeredCount: UInt64 { state.withLock { $0.offeredCount } }

    /// Frames that nobody took before they were overwritten or cleared.
    package var skippedCount: UInt64 { state.withLock { $0.skippedCount } }

    /// Rings `bell` at each frame taken from now on, for a source that waits for its taker.
    func ringWhenTaken(_ bell: Doorbell?) {
        state.withLock { $0.takenBell = bell }
    }
}

extension Frame {
    /// Takes over what was missed before `previous`, and `previous` itself.
    fileprivate mutating func follow(skipped previous: borrowing Frame) {
        skippedBefore += previous.skippedBefore + 1
        lostBefore += previous.lostBefore
    }
}
