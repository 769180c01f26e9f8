internal import Foundation
internal import Glibc
internal import Synchronization

/// A TCP server on a loopback port for fakes of broken peers; each connection has a thread of its own.
package final class LoopbackServer: Sendable {
    package let port: UInt16
    private let descriptor: Int32

    /// - Parameter serve: reads and writes the connection's descriptor, which is closed when it returns.
    package init(_ serve: @escaping @Sendable (Int32) -> Void) throws(TestSupportError) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw .refused(what: "make a socket", errno: errno) }
        var address = LoopbackPort.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                unsafe bind(descriptor, rebound, length) == 0 && getsockname(descriptor, rebound, &length) == 0
            }
        }
        guard isBound, listen(descriptor, 16) == 0 else {
            let problem = errno
            close(descriptor)
            throw .refused(what: "listen on loopback", errno: problem)
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                Thread.detachNewThread {
                    serve(connection)
                    close(connection)
                }
            }
            close(descriptor)
        }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Whatever has arrived, at most 64 KiB; empty when the other side is gone.
    package static func read(_ descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }

    /// Sends all bytes, and says whether it could.
    @discardableResult
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes[start...].withUnsafeBytes { rest in
                unsafe send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }
}
