internal import Glibc

/// The C library's number for what went wrong.
package struct Errno: Equatable, Hashable, Sendable, CustomStringConvertible {
    package let code: Int32

    package init(_ code: Int32) {
        self.code = code
    }

    /// The calling thread's last error; read it on the line of the call that failed.
    package static var last: Errno { Errno(errno) }

    package var description: String {
        // unsafe: glibc's strerror returns a string that lives until this thread's next call
        unsafe String(cString: strerror(code))
    }
}
