internal import Glibc
internal import Logging

/// The socket calls of the control socket (unix(7)).
enum UnixSocket {
    /// A listening socket at `path`, for its owner and group.
    static func listen(at path: String) throws(StationError) -> Int32 {
        func refusal(_ reason: String) -> StationError { .socketUnusable(path: path, reason: reason) }
        let descriptor = open()
        guard descriptor >= 0 else { throw refusal(SystemReason.last) }
        do throws(StationError) {
            guard var address = address(of: path) else { throw refusal("the path is longer than 107 bytes") }
            if unsafe access(path, F_OK) == 0 {
                if unsafe withAddress(&address, { unsafe Glibc.connect(descriptor, $0, $1) }) == 0 {
                    throw refusal("another assayd serves it; stop that one, or use another --runtime-dir")
                }
                guard unsafe unlink(path) == 0 else { throw refusal(SystemReason.last) }
            }
            guard unsafe withAddress(&address, { unsafe bind(descriptor, $0, $1) }) == 0,
                unsafe chmod(path, 0o660) == 0,
                Glibc.listen(descriptor, 8) == 0
            else { throw refusal(SystemReason.last) }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// A connection to the socket at `path`, or the reason why there is none.
    static func connect(to path: String) -> Result<Int32, StationError> {
        let descriptor = open()
        guard descriptor >= 0 else { return .failure(.socketUnusable(path: path, reason: SystemReason.last)) }
        guard var address = address(of: path) else {
            close(descriptor)
            return .failure(.socketUnusable(path: path, reason: "the path is longer than 107 bytes"))
        }
        guard unsafe withAddress(&address, { unsafe Glibc.connect(descriptor, $0, $1) }) == 0 else {
            let reason = SystemReason.last
            close(descriptor)
            return .failure(.socketUnusable(path: path, reason: reason))
        }
        return .success(descriptor)
    }

    /// A new client's connection, if there is one and it may ask.
    static func accept(from listener: Int32, path: String, logger: Logger) -> Int32? {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else {
            // Without a free descriptor the client stays in the queue; do not spin on it.
            if errno == EMFILE || errno == ENFILE { usleep(100_000) }
            return nil
        }
        // Glibc's module does not show accept4; the station starts no other programs between the two calls.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard SocketPeer(of: descriptor)?.mayUse(path) ?? false else {
            logger.warning("Control client refused", metadata: ["socket": "\(path)"])
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func open() -> Int32 {
        socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    private static func address(of path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count <= 107, !bytes.contains(0) else { return nil }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return address
    }

    private static func withAddress(
        _ address: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
