package import Imaging

/// Bytes that belong to someone else until the loan ends.
///
/// The loan ends with the value: once, and on whichever thread lets go of it.
@safe package struct LoanedBuffer: ~Copyable, @unchecked Sendable {
    // unsafe: the bytes are read only while the loan lasts; `giveBack` keeps their owner alive
    private let pieces: FramePieces
    private let giveBack: @Sendable () -> Void

    /// - Parameter giveBack: called once, at the end of the loan; it must hold on to the owner of the bytes.
    package init(of pieces: FramePieces, giveBack: @escaping @Sendable () -> Void) {
        unsafe self.pieces = unsafe pieces
        self.giveBack = giveBack
    }

    /// The same for a frame in one piece.
    package init(of bytes: UnsafeRawBufferPointer, giveBack: @escaping @Sendable () -> Void) {
        unsafe self.init(of: FramePieces(bytes), giveBack: giveBack)
    }

    package borrowing func withPieces<Result, Failure: Error>(
        _ body: (FramePieces) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try body(pieces)
    }

    deinit { giveBack() }
}
