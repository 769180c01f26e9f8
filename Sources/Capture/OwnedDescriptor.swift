internal import CVideo4Linux
internal import Glibc

/// An open device; closed at the end of its life.
package struct OwnedDescriptor: ~Copyable, Sendable {
    let number: Int32
    let device: String

    /// `open(2)`, never blocking.
    package init(opening device: String) throws(CaptureError) {
        // unsafe: the C string lives for the call
        let number = unsafe open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw CaptureError(.last, device: device, request: "open") }
        self.number = number
        self.device = device
    }

    /// `ioctl(2)`, repeated when a signal interrupts it. Nil when it worked, else what went wrong.
    borrowing func outcome<Value>(of request: UInt, _ value: inout Value) -> Errno? {
        while true {
            // unsafe: each request number carries the size of the C structure that its caller passes
            let result = unsafe withUnsafeMutablePointer(to: &value) { unsafe ioctl(number, request, $0) }
            guard result < 0 else { return nil }
            let failure = Errno.last
            if failure.code != EINTR { return failure }
        }
    }

    /// Like `outcome`, for requests whose failure means that this device cannot be used.
    borrowing func request<Value>(_ name: String, _ request: UInt, _ value: inout Value) throws(CaptureError) {
        if let failure = outcome(of: request, &value) {
            throw CaptureError(failure, device: device, request: name)
        }
    }

    deinit { _ = close(number) }
}
