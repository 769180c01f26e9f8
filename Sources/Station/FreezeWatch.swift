package import Capture
package import Imaging

/// Tells when a camera goes on sending one and the same picture.
///
/// A sensor's noise changes some bit of every picture, so pictures that are identical to the last bit do not come from
/// one. Frames may be seen out of order, as workers get to them: a frame that differs then begins the wait anew.
package struct FreezeWatch: Sendable {
    /// A driver may hand out one buffer twice; the same picture three times is no accident.
    package static let leastCount = 3

    /// Frames of one picture.
    private struct Run {
        let picture: PictureFingerprint
        let firstTicket: UInt64
        var lastTicket: UInt64
        var since: MonotonicTime
        var last: MonotonicTime
        var count = 1
        var isFrozen = false
    }

    private var current: Run?

    /// The run before, for frames that come late.
    private var former: Run?

    package init() {}

    /// Takes note of a frame's picture.
    ///
    /// - Parameters:
    ///   - ticket: the frame's place in the order in which frames were taken.
    ///   - after: how long a picture must stay the same.
    /// - Returns: whether the frame belongs to a frozen picture.
    package mutating func sees(
        _ picture: PictureFingerprint, ticket: UInt64, at moment: MonotonicTime, after: Duration
    ) -> Bool {
        guard var run = current else {
            current = Run(picture: picture, firstTicket: ticket, lastTicket: ticket, since: moment, last: moment)
            return false
        }
        guard ticket > run.firstTicket else {
            return former.map { $0.picture == picture && $0.isFrozen } ?? false
        }
        if picture == run.picture {
            run.count += 1
        } else if ticket > run.lastTicket {
            former = run
            run = Run(picture: picture, firstTicket: ticket, lastTicket: ticket, since: moment, last: moment)
        } else {
            // The picture moved after all, between two frames that were seen before this one.
            run.since = run.last
            run.count = 1
            run.isFrozen = false
            current = run
            return false
        }
        run.lastTicket = max(run.lastTicket, ticket)
        run.last = max(run.last, moment)
        run.isFrozen = run.count >= Self.leastCount && run.last.since(run.since) >= after
        current = run
        return run.isFrozen
    }
}
