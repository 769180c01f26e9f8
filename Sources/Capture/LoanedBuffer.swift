/// Bytes that belong to someone else until the loan ends.
///
/// The loan ends with the value: once, and on whichever thread lets go of it.
@safe package struct LoanedBuffer: ~Copyable, @unchecked Sendable {
    // unsafe: the bytes are read only while the loan lasts; `giveBack` keeps their owner alive
    private let bytes: UnsafeRawBufferPointer
    private let giveBack: @Sendable () -> Void

    /// - Parameter giveBack: called once, at the end of the loan; it must hold on to the owner of `bytes`.
    package init(of bytes: UnsafeRawBufferPointer, giveBack: @escaping @Sendable () -> Void) {
        unsafe self.bytes = unsafe bytes
        self.giveBack = giveBack
    }

    package borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try body(bytes)
    }

    deinit { giveBack() }
}
