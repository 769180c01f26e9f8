/// Why a buffer is no frame; told by the driver or by its size alone.
package enum FrameDamage: UInt8, CaseIterable, Sendable {
    /// The driver says so (`V4L2_BUF_FLAG_ERROR`).
    case flagged

    /// Fewer bytes than a frame has.
    case short

    /// More bytes than the buffer holds.
    case oversized

    /// Nil for a whole frame.
    package init?(isFlagged: Bool, byteCount: Int, needed: Int, capacity: Int) {
        if isFlagged {
            self = .flagged
        } else if byteCount > capacity {
            self = .oversized
        } else if byteCount < needed {
            self = .short
        } else {
            return nil
        }
    }
}
