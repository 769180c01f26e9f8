internal import Foundation
internal import Glibc

/// The asking end of the control socket.
package struct ControlConnection: ~Copyable {
    private static let mostAnswerBytes = 80 << 20
    private let descriptor: Int32
    private let path: String

    /// Errors: `socketUnusable` where no daemon listens, or this user may not ask.
    package init(to path: String) throws(StationError) {
        descriptor = try UnixSocket.connect(to: path).get()
        self.path = path
    }

    /// Whether a daemon serves `path`; false where there is no socket, or one that nobody serves any more.
    package static func isServed(_ path: String) -> Bool {
        guard unsafe access(path, F_OK) == 0 else { return false }
        guard case .failure(.socketUnusable(_, let reason)) = UnixSocket.connect(to: path).map({ close($0) }) else {
            return true
        }
        return reason != SystemReason.text(of: ECONNREFUSED)
    }

    deinit { close(descriptor) }

    /// The daemon's answer, one line of JSON. Waits at most `limit`.
    package borrowing func ask(_ request: ControlRequest, within limit: Duration) throws(StationError) -> [UInt8] {
        try ask(line: ControlSocket.bytes(request), within: limit)
    }

    /// The same for a request that is written already.
    package borrowing func ask(line: [UInt8], within limit: Duration) throws(StationError) -> [UInt8] {
        var bytes = line
        bytes.append(UInt8(ascii: "\n"))
        let sent = unsafe bytes.withUnsafeBytes {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == bytes.count else { throw .socketUnusable(path: path, reason: "the daemon hung up") }
        let deadline = ContinuousClock.now + limit
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while answer.count < Self.mostAnswerBytes {
            let remaining = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard remaining > 0 else { break }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&request, 1, Int32(clamping: Int64(remaining.rounded(.up)))) > 0 else { continue }
            let count = unsafe piece.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw .socketUnusable(
                    path: path, reason: "the daemon hung up; this user may not ask, or it is stopping")
            }
            answer += piece.prefix(count)
            if answer.last == UInt8(ascii: "\n") { return answer.dropLast() }
        }
        throw .socketUnusable(path: path, reason: "no answer within \(limit)")
    }
}
