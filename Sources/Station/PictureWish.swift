package import Capture
package import Imaging
internal import Synchronization

/// Somebody who waits for the next whole picture of a source.
package final class PictureWish: Sendable {
    /// A picture with what is known of its frame.
    package struct Picture: Sendable {
        package let image: Image
        package let sequence: UInt32
        package let capturedAt: MonotonicTime
        package let format: String
    }

    /// Only a picture that was exposed after it will do.
    private let earliest: MonotonicTime
    private let bell: Doorbell
    private let picture = Mutex<Picture?>(nil)

    package init(after moment: MonotonicTime = .now) throws(CaptureError) {
        earliest = moment
        bell = try Doorbell()
    }

    /// Takes the frame's picture if it will do; on the source's thread.
    ///
    /// - Returns: whether the wish is fulfilled; a frame that cannot be decoded leaves it open.
    package func offer(_ frame: borrowing Frame) -> Bool {
        guard frame.exposure.follows(earliest) else { return false }
        do throws(ImagingError) {
            let taken = Picture(
                image: try frame.decoded(), sequence: frame.sequence, capturedAt: frame.capturedAt,
                format: frame.formatName)
            picture.withLock { $0 = taken }
        } catch {
            return false
        }
        bell.ring()
        return true
    }

    /// The picture; nil when none came until `deadline`, or `isHopeless` says that none will.
    package func wait(until deadline: MonotonicTime, isHopeless: () -> Bool = { false }) -> Picture? {
        while true {
            if let taken = picture.withLock({ $0 }) { return taken }
            let remaining = deadline.since(.now)
            guard remaining > .zero, !isHopeless() else { return nil }
            _ = bell.wait(timeout: min(remaining, .milliseconds(100)))
        }
    }
}
