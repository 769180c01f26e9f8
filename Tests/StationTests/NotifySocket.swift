import AssayTestSupport
import Glibc

/// A stand-in for the service manager's end of the notify protocol (sd_notify(3)).
final class NotifySocket: Sendable {
    private let descriptor: Int32

    init(at path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound else { throw TestSupportError.refused(what: "bind \(path)", errno: errno) }
    }

    deinit { close(descriptor) }

    /// Whether an assignment comes; what comes before it is forgotten.
    func hears(_ assignment: String, within limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        var bytes = [UInt8](repeating: 0, count: 4096)
        while ContinuousClock.now < deadline {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&request, 1, 50) > 0 else { continue }
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            if text.split(separator: "\n").contains(Substring(assignment)) { return true }
        }
        return false
    }
}
