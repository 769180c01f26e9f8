internal import CVideo4Linux
internal import Glibc

/// One of the driver's buffers in our memory; unmapped at the end of its life.
@safe struct MappedBuffer: ~Copyable, @unchecked Sendable {
    // unsafe: only read, and only while the driver has lent the buffer to us
    private let base: UnsafeMutableRawPointer
    private let byteCount: Int

    /// `mmap(2)` of a piece of a buffer that `VIDIOC_QUERYBUF` described.
    init(of descriptor: borrowing OwnedDescriptor, _ ticket: BufferTicket, piece: Int) throws(CaptureError) {
        let byteCount = ticket.capacity(ofPiece: piece)
        let offset = ticket.mapOffset(ofPiece: piece)
        let mapped = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor.number, offset)
        guard let base = unsafe mapped, unsafe base != MAP_FAILED else {
            throw .requestFailed(device: descriptor.device, request: "mmap", .last)
        }
        unsafe self.base = unsafe base
        self.byteCount = byteCount
    }

    /// A part of the bytes, as far as it is mapped.
    borrowing func bytes(_ part: Range<Int>) -> UnsafeRawBufferPointer {
        let part = part.clamped(to: 0..<byteCount)
        return unsafe UnsafeRawBufferPointer(start: base.advanced(by: part.lowerBound), count: part.count)
    }

    deinit { _ = unsafe munmap(base, byteCount) }
}
