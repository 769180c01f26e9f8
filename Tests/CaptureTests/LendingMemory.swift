import Capture
import Imaging
import Synchronization

/// Memory that is lent frame by frame and counts what comes back, in a driver's place.
@safe final class LendingMemory: @unchecked Sendable {
    // unsafe: written once, before it is lent
    private let bytes: UnsafeMutableRawBufferPointer
    private let returned = Atomic(0)

    /// Enough bytes for a grey picture of 8×8.
    init(_ content: [UInt8]) {
        unsafe bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 1)
        unsafe bytes.copyBytes(from: content)
    }

    var returnedCount: Int { returned.load(ordering: .acquiring) }

    func frame(sequence: UInt32, lostBefore: Int = 0) throws(ImagingError) -> Frame {
        let layout = try ImageLayout(width: 8, height: 8, format: .grey)
        let loan = unsafe LoanedBuffer(of: UnsafeRawBufferPointer(bytes)) { [self] in
            _ = returned.add(1, ordering: .acquiringAndReleasing)
        }
        return Frame(
            lending: loan, layout: layout, sequence: sequence, capturedAt: .now, lostBefore: lostBefore)
    }

    deinit { unsafe bytes.deallocate() }
}
