/// What one layer of a network ran on and how long it took.
package struct LayerProfile: Equatable, Sendable {
    static let executedStatus: UInt32 = 2

    /// `Convolution`, `Add`, …
    package let kind: String

    /// The runtime's name of the kernel; 8-bit kernels end in `_I8`.
    package let kernel: String
    package let time: Duration
}
