internal import CVideo4Linux
internal import Glibc
internal import Synchronization

/// The open device and its mapped buffers, kept alive by the stream and by every frame on loan.
///
/// So a stream may stop while a worker still reads: memory and device go with the last loan.
final class BufferQueue: Sendable {
    let descriptor: OwnedDescriptor
    private let buffers: [SharedBuffer]

    /// Arrays cannot hold owners, so each buffer has a shared home.
    private final class SharedBuffer: Sendable {
        let mapping: MappedBuffer

        init(_ mapping: consuming MappedBuffer) {
            self.mapping = mapping
        }
    }

    /// Asks the driver for `count` buffers (it may give fewer or more), maps them and hands all to it.
    ///
    /// - Parameter neededByteCount: what a whole frame takes; smaller buffers are refused.
    init(
        of descriptor: consuming OwnedDescriptor, count: Int, neededByteCount: Int
    ) throws(CaptureError) {
        var request = v4l2_requestbuffers()
        request.count = UInt32(count)
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        request.memory = V4L2_MEMORY_MMAP.rawValue
        try descriptor.request("VIDIOC_REQBUFS", assay_VIDIOC_REQBUFS, &request)
        guard request.count >= 2 else {
            throw .requestFailed(device: descriptor.device, request: "VIDIOC_REQBUFS", Errno(ENOMEM))
        }

        var buffers: [SharedBuffer] = []
        for index in 0..<request.count {
            var buffer = unsafe Self.buffer(index)
            try unsafe descriptor.request("VIDIOC_QUERYBUF", assay_VIDIOC_QUERYBUF, &buffer)
            guard Int(unsafe buffer.length) >= neededByteCount else {
                throw .requestFailed(device: descriptor.device, request: "VIDIOC_QUERYBUF", Errno(EMSGSIZE))
            }
            let mapping = try MappedBuffer(
                of: descriptor, byteCount: Int(unsafe buffer.length), offset: Int(unsafe buffer.m.offset))
            buffers.append(SharedBuffer(mapping))
            try unsafe descriptor.request("VIDIOC_QBUF", assay_VIDIOC_QBUF, &buffer)
        }
        self.descriptor = descriptor
        self.buffers = buffers
    }

    var count: Int { buffers.count }

    /// The next filled buffer as the driver describes it, or nil when none is ready.
    func dequeue() throws(CaptureError) -> v4l2_buffer? {
        var buffer = unsafe Self.buffer(0)
        switch unsafe descriptor.outcome(of: assay_VIDIOC_DQBUF, &buffer) {
        case nil: break
        case let failure? where failure.code == EAGAIN: return nil
        case let failure?: throw CaptureError(failure, device: descriptor.device, request: "VIDIOC_DQBUF")
        }
        guard Int(unsafe buffer.index) < buffers.count else {
            throw .requestFailed(device: descriptor.device, request: "VIDIOC_DQBUF", Errno(ERANGE))
        }
        return unsafe buffer
    }

    /// Hands a buffer back to the driver.
    ///
    /// A refusal is tried once more; a device that is gone has no use for it.
    func giveBack(_ index: UInt32) {
        var buffer = unsafe Self.buffer(index)
        guard unsafe descriptor.outcome(of: assay_VIDIOC_QBUF, &buffer) != nil else { return }
        _ = unsafe descriptor.outcome(of: assay_VIDIOC_QBUF, &buffer)
    }

    /// The first `count` bytes of a buffer; they may be read while it is dequeued.
    func bytes(of index: UInt32, count: Int) -> UnsafeRawBufferPointer {
        unsafe buffers[Int(index)].mapping.bytes(count)
    }

    private static func buffer(_ index: UInt32) -> v4l2_buffer {
        var buffer = unsafe v4l2_buffer()
        unsafe buffer.index = index
        unsafe buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        unsafe buffer.memory = V4L2_MEMORY_MMAP.rawValue
        return unsafe buffer
    }
}
