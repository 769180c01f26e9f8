internal import CVideo4Linux

/// A driver's buffer as it and we speak of it (`v4l2_buffer`), with its planes for devices that have several.
@safe struct BufferTicket {
    private(set) var buffer = unsafe v4l2_buffer()

    /// As many as the formats that we read have at most in memory of their own.
    private var planes: [3 of v4l2_plane]
    private let isMultiPlanar: Bool

    init(_ index: UInt32, of type: v4l2_buf_type) {
        planes = [v4l2_plane(), v4l2_plane(), v4l2_plane()]
        isMultiPlanar = type == V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE
        unsafe buffer.index = index
        unsafe buffer.type = type.rawValue
        unsafe buffer.memory = V4L2_MEMORY_MMAP.rawValue
    }

    var index: UInt32 { unsafe buffer.index }
    var sequence: UInt32 { unsafe buffer.sequence }
    var isFlagged: Bool { unsafe buffer.flags & assay_V4L2_BUF_FLAG_ERROR != 0 }

    /// Planes in memory of their own.
    var pieceCount: Int { isMultiPlanar ? min(Int(unsafe buffer.length), planes.count) : 1 }

    /// The size of a piece of memory.
    func capacity(ofPiece piece: Int) -> Int {
        Int(unsafe isMultiPlanar ? planes[piece].length : buffer.length)
    }

    /// Where a piece of memory lies for `mmap(2)`.
    func mapOffset(ofPiece piece: Int) -> Int {
        Int(unsafe isMultiPlanar ? planes[piece].m.mem_offset : buffer.m.offset)
    }

    /// The part of a piece that the frame fills; empty when the driver's numbers contradict each other.
    func filled(ofPiece piece: Int) -> Range<Int> {
        guard isMultiPlanar else { return 0..<Int(unsafe buffer.bytesused) }
        let start = Int(planes[piece].data_offset)
        return start..<max(start, Int(planes[piece].bytesused))
    }

    /// Puts the ticket to a request, which fills it in.
    mutating func put(to request: UInt, of descriptor: borrowing OwnedDescriptor) -> Errno? {
        guard isMultiPlanar else { return unsafe descriptor.outcome(of: request, &buffer) }
        var asked = unsafe buffer
        var span = planes.mutableSpan
        // unsafe: the driver writes to as many planes as we say, and the pointer is gone before they are
        let failure = unsafe span.withUnsafeMutableBufferPointer { planes in
            unsafe asked.m.planes = planes.baseAddress
            unsafe asked.length = UInt32(planes.count)
            defer { unsafe asked.m.planes = nil }
            return unsafe descriptor.outcome(of: request, &asked)
        }
        unsafe buffer = asked
        return failure
    }
}
