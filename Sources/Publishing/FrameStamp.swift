/// Which frame a verdict speaks of.
package struct FrameStamp: Equatable, Sendable, Decodable {
    /// The driver's own number.
    package var sequence: UInt64

    /// RFC 3339, from the driver's monotonic stamp.
    package var capturedAt: String
    package var width: Int
    package var height: Int

    /// `yuyv`, `nv12`, `grey`, `rgb24`, `bgr24` or `mjpeg`; `png` or `jpeg` for a frame from a file.
    package var format: String

    /// Frames that the driver or the newest-frame slot dropped just before this one.
    package var lostBefore: UInt64

    package init(
        sequence: UInt64, capturedAt: Timestamp, width: Int, height: Int, format: String, lostBefore: UInt64 = 0
    ) {
        self.sequence = sequence
        self.capturedAt = capturedAt.text
        self.width = width
        self.height = height
        self.format = format
        self.lostBefore = lostBefore
    }

    private enum CodingKeys: String, CodingKey {
        case sequence, width, height, format
        case capturedAt = "captured_at"
        case lostBefore = "lost_before"
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("sequence", sequence)
            writer.member("captured_at", capturedAt)
            writer.member("width", width)
            writer.member("height", height)
            writer.member("format", format)
            writer.member("lost_before", lostBefore)
        }
    }
}
