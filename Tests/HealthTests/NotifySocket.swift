internal import Glibc
internal import Testing

/// A stand-in for the service manager's socket, named in this process's environment while it lives.
final class NotifySocket {
    private let descriptor: Int32
    private let path: String?

    /// - Parameter name: a path, or a name in the abstract namespace where it begins with `@`.
    init(_ name: String) throws {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        try #require(socket >= 0)
        descriptor = socket
        path = name.hasPrefix("@") ? nil : name
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = name.hasPrefix("@") ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8) + [0]
        let length = MemoryLayout<sa_family_t>.size + bytes.count
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(socket, $0, socklen_t(length))
            }
        }
        try #require(status == 0)
        unsafe setenv("NOTIFY_SOCKET", name, 1)
    }

    deinit {
        unsafe unsetenv("NOTIFY_SOCKET")
        close(descriptor)
        if let path { unsafe unlink(path) }
    }

    /// The next message as lines; nil where none has come.
    func message() -> [String]? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        guard count >= 0 else { return nil }
        return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
