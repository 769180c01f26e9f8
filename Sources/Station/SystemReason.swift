internal import Glibc

/// The system's words for its last refusal on this thread.
enum SystemReason {
    static var last: String { text(of: errno) }

    static func text(of code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
