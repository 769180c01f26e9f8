internal import Synchronization

/// A slot of one between a source and its workers: the newest frame wins, those it overwrites are counted.
///
/// A gate may say of each frame that nobody wants it, or that it is to be kept until it is taken. Any thread may offer
/// and take; neither waits.
package final class LatestFrame: Sendable {
    /// What is to become of a frame that comes in.
    package enum Admission: Equatable, Sendable {
        /// It waits for a taker until a newer one comes.
        case newest

        /// It waits for its taker, whatever comes after it.
        case kept(claim: UInt64)

        /// Nobody wants it.
        case skipped
    }

    /// Asked on the source's thread, outside of every lock; it must be quick.
    package typealias Gate = @Sendable (borrowing Frame) -> Admission

    fileprivate struct State: ~Copyable {
        var frame: Frame?
        var gate: Gate?

        /// Frames missed while a kept one waited, for the next one to tell of.
        var skippedSince = 0
        var lostSince = 0
        var offeredCount: UInt64 = 0
        var skippedCount: UInt64 = 0
        var takenBell: WakeEvent?

        /// The number of the lease in force.
        var leaseNumber: UInt64 = 0
    }

    /// A source's right to fill the slot, until it ends or another source has one.
    package struct Lease: Equatable, Sendable {
        fileprivate let number: UInt64
    }

    private let state = Mutex(State())

    package init() {}

    /// Has `gate` decide what becomes of each frame; without one the newest wins.
    package func admit(by gate: Gate?) {
        state.withLock { $0.gate = gate }
    }

    /// A lease that takes the place of the one before.
    package func lease() -> Lease {
        state.withLock { state in
            state.leaseNumber += 1
            return Lease(number: state.leaseNumber)
        }
    }

    package func isInForce(_ lease: Lease) -> Bool { state.withLock { $0.leaseNumber == lease.number } }

    /// Ends a lease, if it is still in force: frames that are offered under it are let go of unseen.
    package func end(_ lease: Lease) {
        state.withLock { state in
            if state.leaseNumber == lease.number { state.leaseNumber += 1 }
        }
    }

    /// Puts the newest frame in the slot.
    ///
    /// A frame nobody took goes back to the driver; the new one carries what was skipped and lost before it.
    ///
    /// - Parameter lease: of the source; nil for one that needs none.
    package func offer(_ frame: consuming Frame, of lease: Lease? = nil) {
        let (gate, isLate) = state.withLock { ($0.gate, $0.isOver(lease)) }
        // A source that was left behind: nobody is to learn of its frames.
        if isLate { return }
        let admission = gate?(frame) ?? .newest
        if case .kept(let claim) = admission { frame.claim = claim }
        var incoming: Frame? = consume frame
        // The frame let go of leaves the lock alive: giving it back is a call to the driver.
        let dropped: Frame? = state.withLock { state in
            state.isOver(lease) ? incoming.take() : state.store(&incoming, admission)
        }
        _ = consume dropped
    }

    /// The newest frame, if one came since the last time.
    package func take() -> Frame? {
        var bell: WakeEvent?
        let frame: Frame? = state.withLock { state in
            bell = state.frame == nil ? nil : state.takenBell
            return state.frame.take()
        }
        bell?.ring()
        return frame
    }

    /// Lets go of a frame nobody took; it counts as skipped.
    ///
    /// - Parameter lease: of a source that clears up after itself; nothing happens when it has ended.
    package func clear(_ lease: Lease? = nil) {
        let dropped: Frame? = state.withLock { state in
            if state.isOver(lease) { return nil }
            if state.frame != nil { state.skippedCount += 1 }
            return state.frame.take()
        }
        _ = consume dropped
    }

    /// Lets go of the frame that was kept for `claim`, if it still waits.
    package func clear(claim: UInt64) {
        let dropped: Frame? = state.withLock { state in
            guard state.waiting?.claim == claim else { return nil }
            state.skippedCount += 1
            return state.frame.take()
        }
        _ = consume dropped
    }

    package var isEmpty: Bool { state.withLock { $0.frame == nil } }

    /// The frame that waits, without taking it.
    package var waiting: (claim: UInt64?, exposure: Exposure)? { state.withLock { $0.waiting } }

    /// Frames put in, whatever became of them.
    package var offeredCount: UInt64 { state.withLock { $0.offeredCount } }

    /// Frames that nobody took before they were overwritten or cleared.
    package var skippedCount: UInt64 { state.withLock { $0.skippedCount } }

    /// Rings `bell` at each frame taken from now on, for a source that waits for its taker.
    func ringWhenTaken(_ bell: WakeEvent?) {
        state.withLock { $0.takenBell = bell }
    }
}

extension LatestFrame.State {
    /// Whether another lease is in force; never for a source that needs none.
    fileprivate func isOver(_ lease: LatestFrame.Lease?) -> Bool {
        lease.map { $0.number != leaseNumber } ?? false
    }

    fileprivate var waiting: (claim: UInt64?, exposure: Exposure)? {
        switch frame {
        case .some(let frame): (frame.claim, frame.exposure)
        case .none: nil
        }
    }

    /// - Returns: the frame that is not wanted: the new one or the one before.
    fileprivate mutating func store(_ incoming: inout Frame?, _ admission: LatestFrame.Admission) -> Frame? {
        offeredCount += 1
        let isKept = frame?.claim != nil
        switch admission {
        case .skipped:
            skippedCount += 1
            return incoming.take()
        case .newest where isKept:
            skippedCount += 1
            skippedSince += 1 + (incoming?.skippedBefore ?? 0)
            lostSince += incoming?.lostBefore ?? 0
            return incoming.take()
        case .newest, .kept: break
        }
        let previous = frame.take()
        switch previous {
        case .some(let previous):
            skippedCount += 1
            incoming?.follow(skipped: previous)
        case .none: break
        }
        incoming?.skippedBefore += skippedSince
        incoming?.lostBefore += lostSince
        skippedSince = 0
        lostSince = 0
        frame = incoming.take()
        return previous
    }
}

extension Frame {
    /// Takes over what was missed before `previous`, and `previous` itself.
    fileprivate mutating func follow(skipped previous: borrowing Frame) {
        skippedBefore += previous.skippedBefore + 1
        lostBefore += previous.lostBefore
    }
}
