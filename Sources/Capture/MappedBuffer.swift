internal import CVideo4Linux
internal import Glibc

/// One of the driver's buffers in our memory; unmapped at the end of its life.
@safe struct MappedBuffer: ~Copyable, @unchecked Sendable {
    // unsafe: only read, and only while the driver has lent the buffer to us
    private let base: UnsafeMutableRawPointer
    private let byteCount: Int

    /// `mmap(2)` of a buffer that `VIDIOC_QUERYBUF` described.
    init(of descriptor: borrowing OwnedDescriptor, byteCount: Int, offset: Int) throws(CaptureError) {
        let mapped = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor.number, offset)
        guard let base = unsafe mapped, unsafe base != MAP_FAILED else {
            throw .requestFailed(device: descriptor.device, request: "mmap", .last)
        }
        unsafe self.base = unsafe base
        self.byteCount = byteCount
    }

    /// The first `count` bytes, at most what is mapped.
    borrowing func bytes(_ count: Int) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: base, count: min(count, byteCount))
    }

    deinit { _ = unsafe munmap(base, byteCount) }
}
