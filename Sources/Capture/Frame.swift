package import Imaging

/// One picture from a source: driver memory on loan, or a file's bytes.
///
/// A loan ends when the frame does: there is no way to forget to give the buffer back, to give it back twice, or
/// to read it after.
package struct Frame: ~Copyable, Sendable {
    /// What the bytes are.
    package enum Content: Equatable, Sendable {
        /// As a camera gives them.
        case pixels(ImageLayout, ColourEncoding)

        /// A PNG or JPEG file.
        case file(name: String)
    }

    private enum Bytes: ~Copyable, Sendable {
        case loaned(LoanedBuffer)
        case owned([UInt8])
    }

    package let content: Content

    /// The driver's number; a replay counts from 0.
    package let sequence: UInt32

    /// When the driver stamped the frame; when it was offered, for a replay.
    package let capturedAt: MonotonicTime

    package let exposure: Exposure

    /// Names the reason why the frame was kept for its taker; nil for the newest of a stream.
    package internal(set) var claim: UInt64?

    /// Frames between the one taken before and this one that never came whole: gaps in the driver's sequence.
    package internal(set) var lostBefore: Int

    /// Whole frames between the one taken before and this one that newer ones overwrote.
    package internal(set) var skippedBefore: Int

    private let bytes: Bytes

    /// A frame in a driver's memory.
    ///
    /// - Parameter exposure: nil for one that began with the stamp.
    package init(
        lending buffer: consuming LoanedBuffer, layout: ImageLayout, encoding: ColourEncoding? = nil,
        sequence: UInt32, capturedAt: MonotonicTime, exposure: Exposure? = nil, lostBefore: Int = 0
    ) {
        content = .pixels(layout, encoding ?? layout.format.usualEncoding)
        self.sequence = sequence
        self.capturedAt = capturedAt
        self.exposure = exposure ?? .began(notBefore: capturedAt)
        self.lostBefore = lostBefore
        skippedBefore = 0
        bytes = .loaned(buffer)
    }

    /// A file as a frame.
    ///
    /// - Parameter exposure: nil for one that began when it was offered.
    package init(
        file name: String, bytes: [UInt8], sequence: UInt32, capturedAt: MonotonicTime, exposure: Exposure? = nil
    ) {
        content = .file(name: name)
        self.sequence = sequence
        self.capturedAt = capturedAt
        self.exposure = exposure ?? .began(notBefore: capturedAt)
        lostBefore = 0
        skippedBefore = 0
        self.bytes = .owned(bytes)
    }

    /// Where the pixels lie; nil for a file, whose size is known once it is decoded.
    package var layout: ImageLayout? {
        switch content {
        case .pixels(let layout, _): layout
        case .file: nil
        }
    }

    /// The name of the replayed file; nil for a camera.
    package var sourceName: String? {
        switch content {
        case .pixels: nil
        case .file(let name): name
        }
    }

    /// Calls `body` with the bytes; they must not outlive it. Of a frame with planes in memory of their own they are the
    /// first plane's, which is luma.
    package borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try withPieces { (pieces) throws(Failure) in unsafe try body(pieces.first) }
    }

    /// Calls `body` with all of the bytes; they must not outlive it.
    package borrowing func withPieces<Result, Failure: Error>(
        _ body: (FramePieces) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch bytes {
        case .loaned(let buffer):
            return unsafe try buffer.withPieces(body)
        case .owned(let bytes):
            // The array's own method loses the type of the error.
            let result: Swift.Result<Result, Failure> = unsafe bytes.withUnsafeBytes { bytes in
                do throws(Failure) { return unsafe .success(try body(FramePieces(bytes))) } catch {
                    return .failure(error)
                }
            }
            return try result.get()
        }
    }

    /// The bytes of a file; empty for a camera's frame.
    var fileBytes: [UInt8] {
        switch bytes {
        case .loaned: []
        case .owned(let bytes): bytes
        }
    }
}
