internal import CVideo4Linux
internal import Glibc
internal import Imaging
internal import Synchronization

/// The open device and its mapped buffers, kept alive by the stream and by every frame on loan.
///
/// So a stream may stop while a worker still reads: memory and device go with the last loan.
final class BufferQueue: Sendable {
    let descriptor: OwnedDescriptor

    /// Of one plane, or of several.
    let type: v4l2_buf_type
    private let buffers: [SharedBuffer]

    /// Buffers that came back from their borrowers, for the camera's own thread to give to the driver: a driver that
    /// hangs must not hold up the thread of a borrower.
    private let returned = Mutex<[UInt32]>([])

    /// Wakes the camera's own thread when a buffer has come back that the driver needs before the next frame does.
    private let bell: WakeEvent

    /// Buffers that the driver has, filled or not.
    private let driverCount: Atomic<Int>

    /// So many let the driver fill one, have one filled that nobody fetched yet, and one to go on with.
    private static let easyDriverCount = 3

    /// Arrays cannot hold owners, so each buffer has a shared home.
    private final class SharedBuffer: Sendable {
        let first: MappedBuffer
        let second: MappedBuffer?
        let third: MappedBuffer?

        init(_ first: consuming MappedBuffer, _ second: consuming MappedBuffer?, _ third: consuming MappedBuffer?) {
            self.first = first
            self.second = second
            self.third = third
        }
    }

    /// Asks the driver for `count` buffers (it may give fewer or more), maps them and hands all to it.
    ///
    /// Buffers too small for a whole frame of `layout` are refused.
    ///
    /// - Parameter bell: what the camera's own thread listens to while it waits.
    init(
        of descriptor: consuming OwnedDescriptor, type: v4l2_buf_type, count: Int, layout: ImageLayout,
        ringing bell: WakeEvent
    ) throws(CaptureError) {
        var request = v4l2_requestbuffers()
        request.count = UInt32(count)
        request.type = type.rawValue
        request.memory = V4L2_MEMORY_MMAP.rawValue
        try descriptor.request("VIDIOC_REQBUFS", assay_VIDIOC_REQBUFS, &request)
        guard request.count >= 2 else {
            throw .requestFailed(device: descriptor.device, request: "VIDIOC_REQBUFS", Errno(ENOMEM))
        }

        var buffers: [SharedBuffer] = []
        for index in 0..<request.count {
            var ticket = BufferTicket(index, of: type)
            try Self.check(ticket.put(to: assay_VIDIOC_QUERYBUF, of: descriptor), descriptor, "VIDIOC_QUERYBUF")
            let pieces = layout.pieceCount
            guard ticket.pieceCount == pieces,
                (0..<pieces).allSatisfy({ ticket.capacity(ofPiece: $0) >= layout.neededByteCount(ofPiece: $0) })
            else { throw .requestFailed(device: descriptor.device, request: "VIDIOC_QUERYBUF", Errno(EMSGSIZE)) }
            buffers.append(
                SharedBuffer(
                    try MappedBuffer(of: descriptor, ticket, piece: 0),
                    pieces > 1 ? try MappedBuffer(of: descriptor, ticket, piece: 1) : nil,
                    pieces > 2 ? try MappedBuffer(of: descriptor, ticket, piece: 2) : nil))
            ticket = BufferTicket(index, of: type)
            try Self.check(ticket.put(to: assay_VIDIOC_QBUF, of: descriptor), descriptor, "VIDIOC_QBUF")
        }
        self.bell = bell
        driverCount = Atomic(buffers.count)
        self.descriptor = descriptor
        self.type = type
        self.buffers = buffers
    }

    var count: Int { buffers.count }

    /// The next filled buffer as the driver describes it, or nil when none is ready.
    func dequeue() throws(CaptureError) -> BufferTicket? {
        var ticket = BufferTicket(0, of: type)
        switch ticket.put(to: assay_VIDIOC_DQBUF, of: descriptor) {
        case nil: break
        case let failure? where failure.code == EAGAIN: return nil
        case let failure?: throw CaptureError(failure, device: descriptor.device, request: "VIDIOC_DQBUF")
        }
        driverCount.subtract(1, ordering: .relaxed)
        guard Int(ticket.index) < buffers.count else {
            throw .requestFailed(device: descriptor.device, request: "VIDIOC_DQBUF", Errno(ERANGE))
        }
        return ticket
    }

    /// Ends a loan; never waits, and may be called on any thread.
    func handBack(_ index: UInt32, isOwnThread: Bool) {
        // Counted under the lock: the camera's own thread either finds the buffer there after it fetched a frame, or
        // has fetched it before we count.
        let isNeeded = returned.withLock { returned in
            returned.append(index)
            return driverCount.load(ordering: .relaxed) < Self.easyDriverCount
        }
        if isNeeded, !isOwnThread { bell.ring() }
    }

    /// Gives the driver the buffers whose loans have ended; on the camera's thread.
    func giveBackReturned() {
        while let index = returned.withLock({ $0.popLast() }) { giveBack(index) }
    }

    /// Hands a buffer back to the driver.
    ///
    /// A refusal is tried once more; a device that is gone has no use for it.
    func giveBack(_ index: UInt32) {
        for _ in 0..<2 {
            var ticket = BufferTicket(index, of: type)
            if ticket.put(to: assay_VIDIOC_QBUF, of: descriptor) == nil {
                driverCount.add(1, ordering: .relaxed)
                return
            }
        }
    }

    /// What a dequeued buffer was filled with; it may be read until the buffer is given back.
    func pieces(of ticket: BufferTicket) -> FramePieces {
        let buffer = buffers[Int(ticket.index)]
        let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        return unsafe FramePieces(
            buffer.first.bytes(ticket.filled(ofPiece: 0)),
            buffer.second?.bytes(ticket.filled(ofPiece: 1)) ?? none,
            buffer.third?.bytes(ticket.filled(ofPiece: 2)) ?? none)
    }

    private static func check(
        _ failure: Errno?, _ descriptor: borrowing OwnedDescriptor, _ request: String
    ) throws(CaptureError) {
        if let failure { throw CaptureError(failure, device: descriptor.device, request: request) }
    }
}
